/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import javax.management.ConstructorParameters;

/**
 * {@link RefusedCertificate} in JMX.
 *
 * <p>Immutable and thread-safe.
 */
public final class RefusedClient {

    private static final int DIGITS_OF_NAME = 16;

    private final String thumbprint;
    private final String subject;
    private final String issuer;
    private final String notBefore;
    private final String notAfter;
    private final String code;
    private final String reason;
    private final String firstSeen;
    private final String lastSeen;
    private final long count;
    private final String peer;
    private final String lineToPaste;
    private final String settingToPaste;
    private final String commandToSave;
    private final String pem;

    /** Creates a client; see the methods. */
    @ConstructorParameters({
        "thumbprint",
        "subject",
        "issuer",
        "notBefore",
        "notAfter",
        "code",
        "reason",
        "firstSeen",
        "lastSeen",
        "count",
        "peer",
        "lineToPaste",
        "settingToPaste",
        "commandToSave",
        "pem"
    })
    public RefusedClient(
            String thumbprint,
            String subject,
            String issuer,
            String notBefore,
            String notAfter,
            String code,
            String reason,
            String firstSeen,
            String lastSeen,
            long count,
            String peer,
            String lineToPaste,
            String settingToPaste,
            String commandToSave,
            String pem) {
        this.thumbprint = thumbprint;
        this.subject = subject;
        this.issuer = issuer;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
        this.code = code;
        this.reason = reason;
        this.firstSeen = firstSeen;
        this.lastSeen = lastSeen;
        this.count = count;
        this.peer = peer;
        this.lineToPaste = lineToPaste;
        this.settingToPaste = settingToPaste;
        this.commandToSave = commandToSave;
        this.pem = pem;
    }

    /** Converts for JMX. */
    public static RefusedClient of(RefusedCertificate refused) {
        String thumbprint = refused.thumbprint().toString();
        boolean helps = refused.isAdmittedByListing();
        String pem = refused.pem() == null ? "" : refused.pem();
        return new RefusedClient(
                thumbprint,
                refused.subject(),
                refused.issuer(),
                refused.notBefore().toString(),
                refused.notAfter().toString(),
                refused.reason().code(),
                refused.reason().text(),
                refused.firstSeen().toString(),
                refused.lastSeen().toString(),
                refused.count(),
                refused.peer(),
                helps ? thumbprint : "",
                helps ? "thumbprints=\"" + thumbprint + "\"" : "",
                helps && !pem.isEmpty() ? commandToSave(thumbprint, pem) : "",
                pem);
    }

    /** Nothing in it is the client's choice: the file is named after the thumbprint, and PEM has no character special to a shell. */
    private static String commandToSave(String thumbprint, String pem) {
        String digits = thumbprint.substring(thumbprint.indexOf(':') + 1);
        return "cat > client-" + digits.substring(0, DIGITS_OF_NAME) + ".pem <<'END'\n" + pem.strip() + "\nEND\n";
    }

    /** Returns the SHA-256 thumbprint in the form of the settings. */
    public String getThumbprint() {
        return thumbprint;
    }

    /** Returns the subject, escaped and truncated. The client may have chosen any text. */
    public String getSubject() {
        return subject;
    }

    /** Returns the issuer, escaped and truncated. The client may have chosen any text. */
    public String getIssuer() {
        return issuer;
    }

    /**
     * Returns a command for a POSIX shell that saves the certificate as a file in the current folder, which must be a folder of
     * {@code store}; empty if listing does not admit it, or only a thumbprint is known.
     */
    public String getCommandToSave() {
        return commandToSave;
    }

    /** Returns the start of the certificate's validity. */
    public String getNotBefore() {
        return notBefore;
    }

    /** Returns the end of the certificate's validity. */
    public String getNotAfter() {
        return notAfter;
    }

    /** Returns the code of the last refusal, such as {@code TK-101}. */
    public String getCode() {
        return code;
    }

    /** Returns the reason of the last refusal in words. */
    public String getReason() {
        return reason;
    }

    /** Returns the time of the first refusal. */
    public String getFirstSeen() {
        return firstSeen;
    }

    /** Returns the time of the last refusal. */
    public String getLastSeen() {
        return lastSeen;
    }

    /** Returns the number of refusals. */
    public long getCount() {
        return count;
    }

    /** Returns the address of the peer of the last refused request. */
    public String getPeer() {
        return peer;
    }

    /** Returns the line that admits this certificate when it is added to a list file; empty if listing it would not help. */
    public String getLineToPaste() {
        return lineToPaste;
    }

    /** Returns the setting that admits this certificate; empty if listing it would not help. */
    public String getSettingToPaste() {
        return settingToPaste;
    }

    /** Returns the certificate in PEM, to be saved in a folder that is a store; empty if it is too large to be kept. */
    public String getPem() {
        return pem;
    }
}
