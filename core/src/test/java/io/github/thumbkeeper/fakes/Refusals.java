/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.observe.Refusal;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.RefusalTemplate;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.UUID;

/** Makes refusals for tests of their observers. */
public final class Refusals {

    private static final long NUMBER = 0x0123456789ABCDEFL;

    /** The correlation id of all of them. */
    public static final UUID ID = verdict(Reason.NOT_LISTED, true).response().id();

    private Refusals() {}

    /** Returns the refusal of a GET for this reason. */
    public static Refusal of(Reason reason, X509Certificate certificate) {
        return new Refusal(verdict(reason, true), "GET", "/app/orders", "192.0.2.7", certificate, null);
    }

    /** Returns a refused verdict. */
    public static Verdict.Refused verdict(Reason reason, boolean enforced) {
        ErrorTemplate template =
                ErrorTemplate.refusal(401, "no", "ClientCertificate", Reason.GENERIC_CODE, ErrorFormat.AUTO);
        return new RefusalTemplate(reason, "", template, enforced).with(NUMBER);
    }
}
