/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorResponseWriterTest {

    private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Answers response = new Answers().on("getOutputStream", new Body(body));
    private final Answers request = new Answers().on("getMethod", "GET");

    @ParameterizedTest(name = "{0}, Accept: {1} gives {2}")
    @CsvSource({
        "AUTO, text/html, text/html;charset=UTF-8",
        "AUTO, application/json, application/problem+json",
        "AUTO,, application/problem+json",
        "HTML, application/json, text/html;charset=UTF-8",
        "PROBLEM, text/html, application/problem+json"
    })
    void writesTheFormWanted(ErrorFormat format, String accept, String type) throws Exception {
        request.on("getHeaders", Collections.enumeration(accept == null ? List.of() : List.of(accept)));
        ErrorResponse error = error(401, format);
        write(error);

        assertThat(body.toByteArray()).isEqualTo(type.startsWith("text/html") ? error.html() : error.problem());
        assertThat(response.asked())
                .containsSubsequence("resetBuffer[]", "setStatus[401]", "setContentType[" + type + "]", "flushBuffer[]")
                .contains(
                        "setHeader[Cache-Control, no-store]",
                        "setHeader[WWW-Authenticate, ClientCertificate]",
                        "setContentLength[" + body.size() + "]");
    }

    @Test
    void answersHeadWithoutBody() throws Exception {
        request.on("getMethod", "HEAD");
        write(error(401, ErrorFormat.PROBLEM));

        assertThat(body.size()).isZero();
        assertThat(response.asked()).anyMatch(call -> call.matches("setContentLength\\[[1-9][0-9]+]"));
    }

    @Test
    void leavesTheBodyToTheContainer() throws Exception {
        write(error(401, ErrorFormat.CONTAINER));

        assertThat(body.size()).isZero();
        assertThat(response.asked())
                .contains("setHeader[WWW-Authenticate, ClientCertificate]", "sendError[401]")
                .doesNotContain("flushBuffer[]");
    }

    @Test
    void hasNoChallengeWith403() throws Exception {
        write(error(403, ErrorFormat.PROBLEM));

        assertThat(response.asked()).contains("setStatus[403]").noneMatch(call -> call.contains("WWW-Authenticate"));
    }

    @Test
    @DisplayName("a response that is committed already is left alone (row 138)")
    void leavesCommittedResponseAlone() throws Exception {
        response.on("isCommitted", true);
        write(error(401, ErrorFormat.AUTO));

        assertThat(response.asked()).containsExactly("isCommitted[]");
        assertThat(request.asked()).isEmpty();
    }

    @Test
    @DisplayName("after a forward the application may have taken the writer (CVE-2022-31692)")
    void writesThroughTheWriterIfItIsTaken() throws Exception {
        StringWriter text = new StringWriter();
        response.on("getOutputStream", (Answers.Answer) arguments -> {
                    throw new IllegalStateException("getWriter has been called");
                })
                .on("getWriter", new PrintWriter(text));
        write(error(401, ErrorFormat.PROBLEM));

        assertThat(text.toString()).startsWith("{\"type\":").contains("urn:uuid:" + ID);
    }

    @Test
    void neverReadsTheBodyOfTheRequest() throws Exception {
        write(error(401, ErrorFormat.AUTO));

        assertThat(request.asked()).containsExactlyInAnyOrder("getHeaders[Accept]", "getMethod[]");
    }

    private void write(ErrorResponse error) throws Exception {
        ErrorResponseWriter.write(error, request.as(HttpServletRequest.class), response.as(HttpServletResponse.class));
    }

    private static ErrorResponse error(int status, ErrorFormat format) {
        return ErrorTemplate.refusal(status, "no", "ClientCertificate", "TK-100", format)
                .with(ID);
    }

    private static final class Body extends ServletOutputStream {

        private final ByteArrayOutputStream bytes;

        Body(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}
