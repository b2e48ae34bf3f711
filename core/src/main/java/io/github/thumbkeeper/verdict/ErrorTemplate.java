/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/**
 * Template of an error response, prepared except for the correlation id. The id has a fixed length, so all responses of a template
 * have the same bytes around it.
 *
 * <p>Immutable and thread-safe.
 */
public final class ErrorTemplate {

    /** The problem type (RFC 9457 section 3.1.1): a tag URI (RFC 4151), which needs no web page. */
    public static final String PROBLEM_TYPE = "tag:thumbkeeper.github.io,2026:client-certificate";

    private static final String PLACEHOLDER = "00000000-0000-0000-0000-000000000000";

    private final int status;
    private final ErrorFormat format;
    private final Map<String, String> headers;
    private final byte[] problem;
    private final int idInProblem;
    private final byte[] html;
    private final int idInHtml;

    private ErrorTemplate(int status, String title, String code, Map<String, String> headers, ErrorFormat format) {
        this.status = status;
        this.format = format;
        this.headers = headers;
        String json = "{\"type\":\"" + PROBLEM_TYPE + "\",\"title\":\"" + inJson(title) + "\",\"status\":" + status
                + ",\"instance\":\"urn:uuid:" + PLACEHOLDER + "\",\"code\":\"" + code + "\"}";
        String page = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + inHtml(title)
                + "</title></head><body><h1>" + inHtml(title) + "</h1><p>Status " + status + ", code " + code
                + ", request urn:uuid:" + PLACEHOLDER + "</p></body></html>";
        this.problem = json.getBytes(StandardCharsets.UTF_8);
        this.html = page.getBytes(StandardCharsets.UTF_8);
        this.idInProblem = indexOfPlaceholder(problem);
        this.idInHtml = indexOfPlaceholder(html);
    }

    /**
     * Creates the template of a refusal.
     *
     * @param status 401 or 403
     * @param title the text for the client
     * @param challenge the value of {@code WWW-Authenticate}, which RFC 9110 section 15.5.2 requires with a 401
     * @param code the code for the client
     * @param format the format of the body
     */
    public static ErrorTemplate refusal(int status, String title, String challenge, String code, ErrorFormat format) {
        Map<String, String> headers = status == 401
                ? Map.of("Cache-Control", "no-store", "WWW-Authenticate", challenge)
                : Map.of("Cache-Control", "no-store");
        return new ErrorTemplate(status, title, code, headers, format);
    }

    /** Creates the template of the 503 that is sent while no gate is running. */
    public static ErrorTemplate unavailable() {
        return unavailable(Reason.GENERIC_OUTAGE_CODE, Map.of("Cache-Control", "no-store"));
    }

    /**
     * Creates the template of the 503 of a gate that has no list to decide by.
     *
     * @param code the code for the client
     * @param retryAfter the delay after which a client may try again, in seconds (RFC 9110 section 10.2.3)
     */
    public static ErrorTemplate outage(String code, long retryAfter) {
        return unavailable(code, Map.of("Cache-Control", "no-store", "Retry-After", Long.toString(retryAfter)));
    }

    private static ErrorTemplate unavailable(String code, Map<String, String> headers) {
        return new ErrorTemplate(503, "Service Unavailable", code, headers, ErrorFormat.PROBLEM);
    }

    /** Returns the response with this correlation id. */
    public ErrorResponse with(UUID id) {
        return new ErrorResponse(this, id);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    ErrorFormat format() {
        return format;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] problem(UUID id) {
        return filled(problem, idInProblem, id);
    }

    byte[] html(UUID id) {
        return filled(html, idInHtml, id);
    }

    private static byte[] filled(byte[] template, int at, UUID id) {
        byte[] text = id.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] body = template.clone();
        System.arraycopy(text, 0, body, at, text.length);
        return body;
    }

    private static int indexOfPlaceholder(byte[] body) {
        byte[] placeholder = PLACEHOLDER.getBytes(StandardCharsets.US_ASCII);
        for (int i = body.length - placeholder.length; i >= 0; i--) {
            if (Arrays.equals(body, i, i + placeholder.length, placeholder, 0, placeholder.length)) {
                return i;
            }
        }
        throw new IllegalStateException("the template has no place for the id");
    }

    private static String inJson(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String inHtml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
