/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.source.HeaderNames;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovedHeadersTest {

    private final TestServer server = new TestServer();
    private final TestRequest request = server.request(server.context("/app"))
            .header("X-Cert", "one")
            .header("x-cert", "two")
            .header("Accept", "text/html");

    @Test
    void removesEveryFieldOfTheName() {
        RemovedHeaders.remove(request, HeaderNames.of("X-CERT"));

        assertThat(request.getHeader("X-Cert")).isNull();
        assertThat(Collections.list(request.getHeaderNames())).containsExactly("Accept");
    }

    @Test
    void keepsTheValuesByCaseInsensitiveName() {
        RemovedHeaders.remove(request, HeaderNames.of("X-Cert"));

        assertThat(RemovedHeaders.of(request).get("x-CERT")).containsExactly("one", "two");
    }

    @Test
    void keepsTheFirstValuesIfALaterGateRemovesTheFieldAgain() {
        RemovedHeaders.remove(request, HeaderNames.of("X-Cert"));
        request.header("X-Cert", "three");
        RemovedHeaders.remove(request, HeaderNames.of("X-Cert", "Accept"));

        assertThat(RemovedHeaders.of(request).get("X-Cert")).isEqualTo(List.of("one", "two"));
        assertThat(RemovedHeaders.of(request).get("Accept")).isEqualTo(List.of("text/html"));
        assertThat(Collections.list(request.getHeaderNames())).isEmpty();
    }

    @Test
    void removesNothingWithoutNames() {
        RemovedHeaders.remove(request, HeaderNames.NONE);

        assertThat(request.getHeader("X-Cert")).isEqualTo("one");
        assertThat(RemovedHeaders.of(request)).isEmpty();
    }
}
