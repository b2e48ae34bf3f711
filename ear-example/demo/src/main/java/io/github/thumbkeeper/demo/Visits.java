/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls both applications with all kinds of certificates, and notes what comes of it. For one thread. */
final class Visits {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String VALVE = "/valve/";
    private static final String FILTER = "/filter/";

    /** What came of one call, and the client's port. */
    private record Answer(String got, String code, String port) {}

    private final URI server;
    private final People people;
    private final Base base;
    private final AccessLog log;
    private final List<Row> rows = new ArrayList<>();
    private int calls;

    Visits(URI server, People people, Base base) {
        this.server = server;
        this.people = people;
        this.base = base;
        this.log = new AccessLog(base.file("logs/access.log"));
    }

    List<Row> all() throws IOException, InterruptedException {
        String alice = "200 " + shortened("sha256:" + people.alice().sha256());
        visit(VALVE, "alice: listed by thumbprint", people.alice(), alice);
        visitOverHttp2("alice: the same", people.alice(), alice);
        visit(VALVE, "mallory: listed nowhere", people.mallory(), "401 TK-101");
        visit(VALVE, "stranger: self-signed, listed nowhere", people.stranger(), "401 TK-101");
        visit(VALVE, "expired: listed, but out of date", people.expired(), "401 TK-102");
        visit(VALVE, "none", null, "401 TK-104");
        visit(FILTER, "bob: in the store", people.bob(), "200 bob");
        visit(FILTER, "mallory: same authority, not in store", people.mallory(), "401 TK-101");
        visit(FILTER, "stranger: self-signed, not in store", people.stranger(), "401 TK-101");
        visit(FILTER, "expired: in the store, but out of date", people.expired(), "401 TK-102");
        visit(FILTER, "none", null, "401 TK-104");
        changeTheStoreDuringOneConnection();
        return rows;
    }

    private void changeTheStoreDuringOneConnection() throws IOException, InterruptedException {
        TlsClient carol = client(people.carol()).build();
        Answer before = ask(carol, FILTER);
        add(FILTER, "carol: not in the store yet", "401 TK-101", before);
        base.list("carol");
        add(FILTER, "carol: added while it runs", "200 carol", sameConnection(askUntil(carol, "200 carol"), before));
        base.unlist("carol");
        add(FILTER, "carol: removed while it runs", "401 TK-101", sameConnection(askUntil(carol, "401"), before));
    }

    /** The last answers are worth something only if no new handshake has come between. */
    private static Answer sameConnection(Answer answer, Answer before) {
        return answer.port.equals(before.port)
                ? answer
                : new Answer(answer.got + " on a new connection", answer.code, answer.port);
    }

    private Answer askUntil(TlsClient client, String got) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Answer answer = ask(client, FILTER);
        while (!answer.got.equals(got) && Instant.now().isBefore(deadline)) {
            TimeUnit.MILLISECONDS.sleep(100);
            answer = ask(client, FILTER);
        }
        return answer;
    }

    private void visit(String path, String certificate, @Nullable TestCertificate presented, String expected)
            throws IOException, InterruptedException {
        add(path, certificate, expected, ask(client(presented).build(), path));
    }

    private void visitOverHttp2(String certificate, TestCertificate presented, String expected)
            throws IOException, InterruptedException {
        TlsClient client = client(presented).http2(true).build();
        add(VALVE + " (HTTP/2)", certificate, expected, ask(client, VALVE, HttpClient.Version.HTTP_2));
    }

    private void add(String path, String certificate, String expected, Answer answer) {
        rows.add(new Row("GET " + path, certificate, expected, answer.got, answer.code));
    }

    private TlsClient.Builder client(@Nullable TestCertificate presented) {
        TlsClient.Builder client = TlsClient.trusting(people.server().certificate());
        return presented == null ? client : client.presenting(presented);
    }

    private Answer ask(TlsClient client, String path) throws IOException, InterruptedException {
        return ask(client, path, HttpClient.Version.HTTP_1_1);
    }

    private Answer ask(TlsClient client, String path, HttpClient.Version version)
            throws IOException, InterruptedException {
        int call = ++calls;
        HttpResponse<String> response = client.get(server.resolve(path + "?call=" + call));
        AccessLog.Line line = log.of(call);
        String surprise = response.version() == version ? "" : " over " + response.version();
        return new Answer(got(response) + surprise, line.reason(), line.port());
    }

    /** A refused client is never told why: its answer says TK-100, whatever the log says. */
    private static String got(HttpResponse<String> response) {
        String body = response.body().strip();
        if (response.statusCode() == 200) {
            return "200 " + shortened(body);
        }
        boolean generic = response.statusCode() == 401 && body.contains("\"code\":\"TK-100\"");
        return response.statusCode() + (generic ? "" : " " + shortened(body));
    }

    private static String shortened(String text) {
        return text.length() > 18 ? text.substring(0, 15) + "..." : text;
    }
}
