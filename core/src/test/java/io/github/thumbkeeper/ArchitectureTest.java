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
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the plan of the packages (docs/architecture.md). */
class ArchitectureTest {

    private static final String ROOT = "io.github.thumbkeeper";
    private static final JavaClasses CORE = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages(ROOT)
            .that(not(resideInAPackage(ROOT + ".testkit..")));

    private static final int LARGEST_PACKAGE = 45;

    private static final List<String> CERTIFICATE = List.of(
            "certificate",
            "certificate.text",
            "certificate.pem",
            "certificate.x509",
            "certificate.revocation",
            "certificate.limits");
    private static final List<String> PILLARS = List.of(
            "store",
            "store.entry",
            "source",
            "source.header",
            "source.peer",
            "rule",
            "trust",
            "trust.revocation",
            "observe",
            "allowlist");

    /** Each package, by its exact name, with the packages it may use. The root package is called gate. */
    private static final Map<String, List<String>> PLAN = new TreeMap<>(Map.ofEntries(
            Map.entry("message", List.of()),
            Map.entry("verdict", List.of("message")),
            Map.entry("certificate.limits", List.of()),
            Map.entry("certificate.x509", List.of("message")),
            Map.entry("certificate", List.of("certificate.x509", "message")),
            Map.entry("certificate.text", List.of("certificate", "message")),
            Map.entry("certificate.revocation", List.of("certificate", "certificate.x509", "message")),
            Map.entry(
                    "certificate.pem",
                    List.of(
                            "certificate",
                            "certificate.text",
                            "certificate.x509",
                            "certificate.revocation",
                            "message")),
            Map.entry("allowlist", all(CERTIFICATE, "verdict", "message")),
            Map.entry("store", all(CERTIFICATE, "allowlist", "message")),
            Map.entry("store.entry", all(CERTIFICATE, "store", "allowlist", "message")),
            Map.entry("store.file", all(CERTIFICATE, "store", "store.entry", "allowlist", "message")),
            Map.entry("store.sql", all(CERTIFICATE, "store", "store.entry", "allowlist", "message")),
            Map.entry("store.ldap", all(CERTIFICATE, "store", "store.entry", "allowlist", "message")),
            Map.entry(
                    "store.location",
                    all(
                            CERTIFICATE,
                            "store",
                            "store.entry",
                            "store.file",
                            "store.sql",
                            "store.ldap",
                            "allowlist",
                            "message")),
            Map.entry(
                    "store.write",
                    all(CERTIFICATE, "store", "store.entry", "store.file", "store.sql", "allowlist", "message")),
            Map.entry("source", all(CERTIFICATE, "verdict", "message")),
            Map.entry("source.peer", all(CERTIFICATE, "source", "verdict", "message")),
            Map.entry("source.header", all(CERTIFICATE, "source", "source.peer", "verdict", "message")),
            Map.entry("rule", all(CERTIFICATE, "verdict", "message")),
            Map.entry("trust", all(CERTIFICATE, "verdict", "message")),
            Map.entry("trust.revocation", all(CERTIFICATE, "trust", "verdict", "message")),
            Map.entry("observe", all(CERTIFICATE, "allowlist", "verdict", "message")),
            Map.entry("tls", List.of("certificate.limits")),
            Map.entry("jndi", all(CERTIFICATE, "store", "store.entry", "store.file", "store.location", "message")),
            Map.entry("setup", List.of("message")),
            Map.entry("servlet", List.of("gate", "source", "verdict", "message")),
            Map.entry("gate", all(all(CERTIFICATE, PILLARS.toArray(String[]::new)), "verdict", "message")),
            Map.entry(
                    "settings",
                    all(
                            all(CERTIFICATE, PILLARS.toArray(String[]::new)),
                            "gate",
                            "store.file",
                            "store.sql",
                            "store.ldap",
                            "store.location",
                            "verdict",
                            "message"))));

    private static List<String> all(List<String> some, String... others) {
        return Stream.concat(some.stream(), Stream.of(others)).toList();
    }

    private static String nameOf(String packageName) {
        return packageName.equals(ROOT) ? "gate" : packageName.substring(ROOT.length() + 1);
    }

    @Test
    void packagesUseOnlyThoseBelowThem() {
        Set<String> broken = new TreeSet<>();
        for (JavaClass from : CORE) {
            String room = nameOf(from.getPackageName());
            for (Dependency each : from.getDirectDependenciesFromSelf()) {
                String used = each.getTargetClass().getBaseComponentType().getPackageName();
                if (used.startsWith(ROOT)
                        && !nameOf(used).equals(room)
                        && !PLAN.getOrDefault(room, List.of()).contains(nameOf(used))) {
                    broken.add(from.getName() + " uses " + each.getTargetClass().getName());
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    @DisplayName("every package is on the plan; none is called util, impl or common")
    void everyPackageIsOnThePlan() {
        assertThat(CORE)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(PLAN).as(each.getName()).containsKey(nameOf(each.getPackageName())));
    }

    @Test
    void noPackageHasMoreThan45Classes() {
        Map<String, Long> sizes = CORE.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(LARGEST_PACKAGE));
    }

    @Test
    @DisplayName("no circle at any depth: each single package is a slice of its own")
    void packagesHaveNoCycles() {
        SliceAssignment exact = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return javaClass.getPackageName().startsWith(ROOT)
                        ? SliceIdentifier.of(javaClass.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages by their exact names";
            }
        };

        slices().assignedFrom(exact).should().beFreeOfCycles().check(CORE);
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
    void nothingPrintsOrExits() {
        check(noClasses().should(ACCESS_STANDARD_STREAMS));
        check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
        check(noClasses().should().callMethod(System.class, "exit", int.class));
    }

    @Test
    @DisplayName("URLDecoder turns + into a blank and breaks base64")
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
