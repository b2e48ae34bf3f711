/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.net.URLDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of the house (architecture, section 2), as far as a compiler does not see to it. */
class ArchitectureTest {

    private static final String ROOT = "io.github.thumbkeeper";
    private static final JavaClasses CORE = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages(ROOT)
            .that(not(resideInAPackage(ROOT + ".testkit..")));

    /** What each package may see of the others. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("certificate", List.of()),
            Map.entry("verdict", List.of()),
            Map.entry("certificate.limits", List.of()),
            Map.entry("tls", List.of("certificate.limits")),
            Map.entry("store", List.of("certificate", "verdict")),
            Map.entry("source", List.of("certificate", "verdict")),
            Map.entry("rule", List.of("certificate", "verdict")),
            Map.entry("trust", List.of("certificate", "verdict")),
            Map.entry("observe", List.of("certificate", "verdict")),
            Map.entry("jndi", List.of("store", "certificate")),
            Map.entry("servlet", List.of("gate", "source", "verdict")),
            Map.entry("gate", List.of("store", "source", "rule", "trust", "observe", "certificate", "verdict")),
            Map.entry(
                    "settings",
                    List.of("gate", "store", "source", "rule", "trust", "observe", "certificate", "verdict"))));

    @Test
    void arrowsRunDownwardsOnly() {
        LayeredArchitecture house = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .withOptionalLayers(true)
                .layer("gate")
                .definedBy(ROOT)
                .layer("cli")
                .definedBy(ROOT + ".cli..");
        for (String room : ARROWS.keySet()) {
            house = room.equals("gate") ? house : house.layer(room).definedBy(ROOT + "." + room + "..");
        }
        for (Map.Entry<String, List<String>> arrow : ARROWS.entrySet()) {
            house = arrow.getValue().isEmpty()
                    ? house.whereLayer(arrow.getKey()).mayNotAccessAnyLayer()
                    : house.whereLayer(arrow.getKey())
                            .mayOnlyAccessLayers(arrow.getValue().toArray(String[]::new));
        }
        house.whereLayer("cli").mayNotBeAccessedByAnyLayer().check(CORE);
    }

    @Test
    @DisplayName("every package has its place on the plan; none is called util, impl or common")
    void everyPackageIsOnThePlan() {
        Set<String> rooms = new HashSet<>(ARROWS.keySet());
        rooms.add("cli");

        assertThat(CORE).isNotEmpty().allSatisfy(each -> {
            String room = each.getPackageName().equals(ROOT)
                    ? "gate"
                    : each.getPackageName().substring(ROOT.length() + 1);
            assertThat(rooms).as(each.getName()).contains(room);
        });
    }

    @Test
    void thereIsNoCircleBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void onlyServletSeesTheServletApi() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".servlet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.."));
        check(noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.servlet..", "org.apache.."));
    }

    @Test
    @DisplayName(
            "only certificate sees Bouncy Castle, and of it only PEM and ASN.1: its provider does not survive minimising")
    void onlyCertificateSeesBouncyCastle() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".certificate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bouncycastle.."));
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.bouncycastle..")
                        .and(not(resideInAnyPackage("org.bouncycastle.util.io.pem..", "org.bouncycastle.asn1..")))));
    }

    @Test
    @DisplayName("the jar for the boot class path needs the JDK only")
    void handshakeNeedsNothingButTheJdk() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".tls..", ROOT + ".certificate.limits..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        ROOT + ".tls..", ROOT + ".certificate.limits..", "java..", "javax..", "org.jspecify.."));
    }

    @Test
    void dependsOnNothingElse() {
        check(noClasses()
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                                ROOT + "..",
                                "java..",
                                "javax..",
                                "jakarta.servlet..",
                                "org.bouncycastle..",
                                "org.jspecify.."))
                        .and(DescribedPredicate.describe(
                                "are no primitives", each -> !each.isPrimitive() && !each.isArray()))));
    }

    @Test
    void classesAreNotMadeToBeExtended() {
        check(classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .and(DescribedPredicate.describe(
                        "are written by hand", each -> !each.getModifiers().contains(SYNTHETIC)))
                .should()
                .haveModifier(FINAL)
                .orShould()
                .haveModifier(ABSTRACT)
                .orShould()
                .beAssignableTo(Enum.class));
    }

    @Test
    void nothingPrintsButTheCommandLineTool() {
        check(noClasses().that().resideOutsideOfPackage(ROOT + ".cli..").should(ACCESS_STANDARD_STREAMS));
        check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .callMethod(System.class, "exit", int.class));
    }

    @Test
    @DisplayName("URLDecoder turns + into a blank and breaks base64 (semantics 4)")
    void nothingCallsUrlDecoder() {
        check(noClasses().should().dependOnClassesThat().belongToAnyOf(URLDecoder.class));
    }

    @Test
    @DisplayName("text is converted without regard to the machine's locale and charset (row 26)")
    void nothingDependsOnTheLocale() {
        check(noClasses().should().callMethod(String.class, "toLowerCase"));
        check(noClasses().should().callMethod(String.class, "toUpperCase"));
        check(noClasses().should().callMethod(String.class, "getBytes"));
        check(noClasses().should().callConstructor(String.class, byte[].class));
        check(noClasses().should().callMethod(Locale.class, "getDefault"));
    }

    @Test
    @DisplayName(
            "the engine owns no thread, it is lent an executor; no class loader trick, no logger but the platform's")
    void ownsNoThread() {
        check(engine().should().beAssignableTo(Thread.class));
        check(engine().should().callConstructorWhere(target(owner(assignableTo(Thread.class)))));
        check(engine().should().dependOnClassesThat().areAssignableTo(ExecutorService.class));
        check(engine().should().dependOnClassesThat().belongToAnyOf(Executors.class, Timer.class));
        check(noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class));
        check(noClasses().should().dependOnClassesThat().belongToAnyOf(ServiceLoader.class, Logger.class));
    }

    /** All but what the adapters share. */
    private static GivenClassesConjunction engine() {
        return noClasses().that().resideOutsideOfPackage(ROOT + ".servlet..");
    }

    /** Each rule is shown to have teeth: the package of the tests breaks some of them on purpose, by being tests. */
    @ParameterizedTest(name = "a rule about {0} can fail")
    @ValueSource(strings = {"org.assertj..", "com.tngtech.archunit.."})
    void rulesHaveTeeth(String foreign) {
        JavaClasses tests = new ClassFileImporter().importClasses(ArchitectureTest.class);

        assertThat(noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(foreign)
                        .evaluate(tests)
                        .hasViolation())
                .isTrue();
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }
}
