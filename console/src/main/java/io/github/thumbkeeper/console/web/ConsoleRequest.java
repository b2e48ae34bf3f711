/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of an administrator, after the checks that hold for every request. Not thread-safe. */
public final class ConsoleRequest {

    /** Most bytes of one upload. */
    public static final int LARGEST_UPLOAD = 256 * 1024;

    private final HttpServletRequest http;
    private final User user;
    private final String variable;

    /**
     * Creates a request.
     *
     * @param variable the decoded last part of the path, if the route has a variable there; otherwise empty
     */
    public ConsoleRequest(HttpServletRequest http, User user, String variable) {
        this.http = http;
        this.user = user;
        this.variable = variable;
    }

    /** Returns the administrator. */
    public User user() {
        return user;
    }

    /** Returns the decoded variable part of the path. */
    public String variable() {
        return variable;
    }

    /**
     * Returns a parameter without blanks around it; empty if it is missing. Characters that turn the direction of writing stay, so
     * that a label with one is refused and not changed.
     */
    public String text(String name) {
        String value = http.getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** Returns a parameter that a page shows again, without invisible characters except line breaks. */
    public String shownAgain(String name) {
        return text(name).replaceAll("[\\p{Cc}\\p{Cf}&&[^\\r\\n\\t]]", "");
    }

    /** Returns all values of a parameter. */
    public List<String> all(String name) {
        String[] values = http.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    /** Returns a number from 1 to a limit; 1 if the parameter is missing or not such a number. */
    public int number(String name, int most) {
        String text = text(name);
        return text.matches("[0-9]{1,7}") ? Math.max(1, Math.min(most, Integer.parseInt(text))) : 1;
    }

    /** Returns a header field, or null. */
    public @Nullable String header(String name) {
        return http.getHeader(name);
    }

    /** Returns whether htmx made the request, so that it wants a part of the page. */
    public boolean isPart() {
        return "true".equals(http.getHeader("HX-Request"));
    }

    /** Returns the body, at most {@value #LARGEST_UPLOAD} bytes. */
    public byte[] body() throws HttpProblem {
        try (InputStream in = http.getInputStream()) {
            return limited(in);
        } catch (IOException e) {
            throw new HttpProblem(400, "malformed", List.of());
        }
    }

    /** An uploaded file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Upload(String fileName, byte[] content) {}

    /** Returns the uploaded files of a form field; those without content are left out. */
    public List<Upload> files(String name) throws HttpProblem {
        List<Upload> files = new ArrayList<>();
        try {
            for (Part part : http.getParts()) {
                if (part.getName().equals(name) && part.getSize() > 0) {
                    String fileName = part.getSubmittedFileName();
                    try (InputStream in = part.getInputStream()) {
                        files.add(new Upload(fileName == null ? "" : fileName, limited(in)));
                    }
                }
            }
        } catch (IOException | ServletException e) {
            throw new HttpProblem(400, "malformed", List.of());
        }
        return files;
    }

    private static byte[] limited(InputStream in) throws IOException, HttpProblem {
        byte[] content = in.readNBytes(LARGEST_UPLOAD + 1);
        if (content.length > LARGEST_UPLOAD) {
            throw new HttpProblem(413, "tooLarge", List.of());
        }
        return content;
    }
}
