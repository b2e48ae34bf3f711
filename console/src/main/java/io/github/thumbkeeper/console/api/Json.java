/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.console.web.Texts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON, as trees only: no class is named by a request. Thread-safe. */
public final class Json {

    private static final int DEEPEST = 8;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(256 * 1024)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** Makes an answer. */
    static Answer of(Object body, Map<String, String> headers) {
        return new Answer.Content(200, "application/json", headers, bytes(body));
    }

    /** Makes problem+json (RFC 9457) of a problem. */
    public static Answer problem(HttpProblem problem, Texts texts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("status", problem.status());
        body.put("title", texts.get("problem." + problem.key()));
        body.put("code", problem.key());
        if (!problem.details().isEmpty()) {
            body.put("details", problem.details());
        }
        return new Answer.Content(problem.status(), "application/problem+json", Map.of(), bytes(body));
    }

    /** Reads an object. */
    static JsonNode object(byte[] body) throws HttpProblem {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Reported below; the message could have content of the body.
        }
        throw new HttpProblem(400, "badJson", List.of());
    }

    private static byte[] bytes(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
