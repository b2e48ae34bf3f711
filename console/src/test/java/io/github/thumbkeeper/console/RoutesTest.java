/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final Routes ROUTES =
            Routes.of(new ManagedList(null, InstantSource.system()), Gates.ofThisJvm(), InstantSource.system());

    @Test
    void changesNothingByGet() {
        assertThat(ROUTES.all())
                .allSatisfy(route -> assertThat(route.method().equals("GET"))
                        .as(route.path())
                        .isEqualTo(route.access() == Route.Access.VIEW));
    }

    @Test
    void describesExactlyTheRoutesOfTheApi() throws Exception {
        JsonNode description = new ObjectMapper()
                .readTree(RoutesTest.class.getResourceAsStream("/io/github/thumbkeeper/console/openapi.json"));
        Set<String> described = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (List.of("get", "put", "delete", "post").contains(method)) {
                        described.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replace("{label}", "*"));
                    }
                }));
        Set<String> routes = new TreeSet<>();
        ROUTES.all().stream().filter(Route::isApi).forEach(route -> routes.add(route.method() + " " + route.path()));

        assertThat(described).isEqualTo(routes);
    }

    @Test
    void hasATextForEveryKeyOfATemplateAndNoOther() throws Exception {
        Texts texts = new Texts();
        StringBuilder sources = new StringBuilder();
        for (String folder : List.of("src/main/jte", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        Pattern.compile("\\.t\\(\"([^\"]+)\"(?! \\+)")
                .matcher(sources)
                .results()
                .map(each -> each.group(1))
                .forEach(key -> assertThat(texts.has(key)).as(key).isTrue());
        Set<String> computed = Set.of(
                "nav", "state", "remark", "upload", "notice", "problem", "history", "explain", "gates", "expiry",
                "entries", "entry", "time", "preview", "role", "product");
        assertThat(texts.keys())
                .allSatisfy(key -> assertThat(sources.indexOf("\"" + key + "\"") >= 0
                                || computed.contains(key.replaceAll("[.].*", "")))
                        .as(key)
                        .isTrue());
        Pattern.compile("new HttpProblem\\(\\s*\\d+,\\s*\"(\\w+)\"")
                .matcher(sources)
                .results()
                .map(each -> each.group(1))
                .forEach(key -> assertThat(texts.has("problem." + key)).as(key).isTrue());
        Pattern.compile("new BadUploadException\\(\"(\\w+)\"")
                .matcher(sources)
                .results()
                .map(each -> each.group(1))
                .forEach(key ->
                        assertThat(texts.has("upload.bad." + key)).as(key).isTrue());
        Pattern.compile("new Remark\\(\"(\\w+)\"")
                .matcher(sources)
                .results()
                .map(each -> each.group(1))
                .forEach(key -> assertThat(texts.has("remark." + key)).as(key).isTrue());
    }
}
