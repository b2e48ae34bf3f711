/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.DistinguishedNames;
import io.github.thumbkeeper.certificate.Printable;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Reason;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each refused request: with the code, the thumbprint as it can be pasted into the settings, and the
 * correlation id that the client was told. Text of the client is escaped and cut.
 *
 * <p>Safe to share between threads.
 */
public final class AuditLog implements GateListener {

    private final System.Logger logger = System.getLogger(AuditLog.class.getName());
    private final Supplier<String> list;

    /**
     * Makes the log.
     *
     * @param list says what a certificate was compared with
     */
    public AuditLog(Supplier<String> list) {
        this.list = list;
    }

    @Override
    public void refused(Refusal refusal) {
        if (refusal.verdict().reason().isOutage()) {
            // Every request is refused for the same reason then, and OutageLog tells it.
            return;
        }
        boolean internal = refusal.verdict().reason() == Reason.INTERNAL;
        Level level = internal ? Level.ERROR : Level.WARNING;
        if (!logger.isLoggable(level)) {
            return;
        }
        Throwable failure = refusal.failure();
        if (failure == null) {
            logger.log(level, text(refusal));
        } else {
            logger.log(level, text(refusal), PrintableFailure.of(failure));
        }
    }

    private String text(Refusal refusal) {
        Reason reason = refusal.verdict().reason();
        return reason.code()
                + (refusal.verdict().enforced() ? " refused " : " would have refused ")
                + Printable.text(refusal.method()) + " " + Printable.quoted(refusal.path())
                + " from " + Printable.quoted(refusal.peer())
                + ": " + reason.text() + presented(refusal.certificate())
                + (reason == Reason.NOT_LISTED || reason == Reason.NO_RULE ? "; listed: " + list.get() : "")
                + "; urn:uuid:" + refusal.verdict().response().id();
    }

    private static String presented(@Nullable X509Certificate certificate) {
        return certificate == null
                ? ""
                : "; certificate [" + thumbprint(certificate) + "] subject [" + subject(certificate) + "]";
    }

    /** A certificate that fails must not escape the log. */
    private static String thumbprint(X509Certificate certificate) {
        try {
            return Thumbprint.of(certificate, DigestAlgorithm.SHA256).toString();
        } catch (Throwable e) {
            return "none: " + e.getClass().getName();
        }
    }

    private static String subject(X509Certificate certificate) {
        try {
            return DistinguishedNames.subjectOf(certificate);
        } catch (Throwable e) {
            return "none: " + e.getClass().getName();
        }
    }
}
