/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.github.thumbkeeper.console.api.Json;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.console.web.Shell;
import io.github.thumbkeeper.console.web.Texts;
import io.github.thumbkeeper.console.web.User;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.servlet.RequestAttributes;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request: checks it, finds its row in {@link Routes}, and writes the answer.
 *
 * <p>Stateless: there are no sessions and no cookies. Thread-safe.
 */
public final class ConsoleServlet extends HttpServlet {

    private static final int VIEWS = 300;
    private static final int CHANGES = 60;

    private final transient System.Logger logger = LogTopic.GATE.logger();
    private final transient InstantSource clock = InstantSource.system();
    private final transient Texts texts = new Texts();
    private final transient ChangeToken tokens = new ChangeToken(new SecureRandom());
    private final transient RateLimit views = new RateLimit(VIEWS, 10, System::nanoTime);
    private final transient RateLimit changes = new RateLimit(CHANGES, 1, System::nanoTime);
    private transient @Nullable TemplateEngine templates;
    private transient @Nullable Routes routes;

    @Override
    public void init() throws ServletException {
        if (!(getServletContext().getAttribute(ConsoleGate.LIST) instanceof ManagedList list)) {
            throw new ServletException("the console's gate has not started");
        }
        routes = Routes.of(list, Gates.ofThisJvm(), clock);
        templates = TemplateEngine.createPrecompiled(ContentType.Html);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        User user = null;
        try {
            user = user(request);
            write(answer(request, path, user), request, response, user);
        } catch (HttpProblem e) {
            writeProblem(e, path, request, response, user);
        } catch (RuntimeException | StackOverflowError e) {
            // The message may have a text of the request.
            logger.log(
                    Level.ERROR,
                    "TK-433 the console failed to answer a request: "
                            + e.getClass().getName(),
                    withoutMessage(e));
            if (!response.isCommitted()) {
                response.resetBuffer();
                writeProblem(new HttpProblem(500, "internal", List.of()), path, request, response, user);
            }
        }
    }

    private static Throwable withoutMessage(Throwable failure) {
        Throwable shown = new Throwable(failure.getClass().getName());
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }

    /** Returns the administrator. Our filter has admitted the request; this checks that it has, and that the request is on TLS. */
    private User user(HttpServletRequest request) throws HttpProblem {
        Object thumbprint = request.getAttribute(RequestAttributes.THUMBPRINT);
        boolean admitted = "admitted".equals(request.getAttribute(RequestAttributes.VERDICT));
        if (!admitted || !(thumbprint instanceof String text) || request.getUserPrincipal() == null) {
            throw new HttpProblem(401, "noCertificate", List.of());
        }
        if (!request.isSecure()) {
            throw new HttpProblem(403, "noTls", List.of());
        }
        boolean editor = request.isUserInRole("editor");
        if (!editor && !request.isUserInRole("viewer")) {
            throw new HttpProblem(403, "noRole", List.of());
        }
        return new User(request.getUserPrincipal().getName(), text, editor, tokens.of(text));
    }

    private Answer answer(HttpServletRequest request, String path, User user) throws HttpProblem {
        if (!views.allows(user.thumbprint())) {
            throw new HttpProblem(429, "tooMany", List.of(), Map.of("Retry-After", "10"));
        }
        List<Route> found = required(routes).of(path.isEmpty() ? "/" : path);
        if (found.isEmpty()) {
            throw new HttpProblem(404, "notFound", List.of());
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Route route = found.stream()
                .filter(each -> each.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(405, "method", List.of(), Map.of("Allow", Routes.allow(found))));
        allow(route, request, user);
        return route.action().answer(new ConsoleRequest(request, user, decoded(route.variable(path))));
    }

    /** Has the container read the parameters, so that no later exception means the request. */
    private static void readParameters(HttpServletRequest request) throws HttpProblem {
        if (mediaType(request).equals("multipart/form-data")) {
            try {
                request.getParts();
            } catch (IllegalStateException e) {
                // Containers report parts beyond their limits so.
                throw new HttpProblem(413, "tooLarge", List.of());
            } catch (IOException | ServletException e) {
                throw new HttpProblem(400, "malformed", List.of());
            }
        }
        try {
            request.getParameterMap();
        } catch (IllegalStateException e) {
            throw new HttpProblem(400, "malformed", List.of());
        }
    }

    private void allow(Route route, HttpServletRequest request, User user) throws HttpProblem {
        if (route.access() == Route.Access.VIEW) {
            readParameters(request);
            return;
        }
        boolean script = route.access() == Route.Access.CHANGE_BY_SCRIPT;
        if (route.access() != Route.Access.ASK && !user.isEditor()) {
            throw new HttpProblem(403, "notEditor", List.of());
        }
        if (!(script ? SameOrigin.isNotContradicted(request) : SameOrigin.isProved(request))) {
            throw new HttpProblem(403, "otherSite", List.of());
        }
        String type = mediaType(request);
        if (script ? !isJsonOrNone(type, request) : !isForm(type)) {
            throw new HttpProblem(415, "mediaType", List.of());
        }
        readParameters(request);
        String token = script ? request.getHeader("Thumbkeeper-Token") : request.getParameter("token");
        if (!tokens.isValid(token, user.thumbprint())) {
            throw new HttpProblem(403, "token", List.of());
        }
        if (!changes.allows(user.thumbprint())) {
            throw new HttpProblem(429, "tooMany", List.of(), Map.of("Retry-After", "60"));
        }
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isForm(String type) {
        return type.equals("application/x-www-form-urlencoded") || type.equals("multipart/form-data");
    }

    private static boolean isJsonOrNone(String type, HttpServletRequest request) {
        return type.equals("application/json") || request.getMethod().equals("DELETE");
    }

    /** Decodes the variable part of a path once, and only if it is UTF-8. */
    private static String decoded(String variable) throws HttpProblem {
        try {
            String decoded = URLDecoder.decode(variable.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new HttpProblem(400, "malformed", List.of());
        }
    }

    private void write(Answer answer, HttpServletRequest request, HttpServletResponse response, User user)
            throws IOException {
        if (answer instanceof Answer.SeeOther see) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getContextPath() + see.location());
        } else if (answer instanceof Answer.Content content) {
            response.setStatus(content.status());
            content.headers().forEach(response::setHeader);
            response.setContentType(content.type());
            writeBody(content.body(), request, response);
        } else if (answer instanceof Answer.Page page) {
            writePage(page, request, response, user);
        }
    }

    private void writePage(Answer.Page page, HttpServletRequest request, HttpServletResponse response, User user)
            throws IOException {
        Shell shell = new Shell(
                texts, request.getContextPath(), user, page.section(), clock.instant(), notice(request), undo(request));
        Utf8ByteOutput out = new Utf8ByteOutput();
        required(templates)
                .render("page/" + page.template() + ".jte", Map.of("shell", shell, "model", page.model()), out);
        response.setStatus(page.status());
        response.setContentType("text/html; charset=UTF-8");
        writeBody(out.toByteArray(), request, response);
    }

    /** A link on another site cannot make a page offer to undo a change. */
    private static boolean isAfterChange(HttpServletRequest request) {
        return !request.getMethod().equals("POST") && SameOrigin.isNotContradicted(request);
    }

    private String notice(HttpServletRequest request) {
        String notice = isAfterChange(request) ? request.getParameter("notice") : null;
        return notice != null && texts.has("notice." + notice) ? notice : "";
    }

    private static String undo(HttpServletRequest request) {
        String undo = isAfterChange(request) ? request.getParameter("undo") : null;
        return undo != null && undo.matches("[0-9]{1,18}") ? undo : "";
    }

    private static void writeBody(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    private void writeProblem(
            HttpProblem problem,
            String path,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable User user)
            throws IOException {
        problem.headers().forEach(response::setHeader);
        if (path.startsWith("/api/")) {
            write(Json.problem(problem, texts), request, response, user == null ? UNKNOWN : user);
        } else if (user == null) {
            response.setStatus(problem.status());
            response.setContentType("text/plain; charset=UTF-8");
            writeBody(texts.get("problem." + problem.key()).getBytes(StandardCharsets.UTF_8), request, response);
        } else {
            writePage(new Answer.Page(problem.status(), "problem", "problem", problem), request, response, user);
        }
    }

    /** For answers that show no administrator. */
    private static final User UNKNOWN = new User("", "", false, "");

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the console has not started");
        }
        return value;
    }
}
