/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Reason;
import org.jspecify.annotations.Nullable;

/** Says what to change so that a gate admits a certificate that it refuses for a reason. */
final class Advice {

    private Advice() {}

    /**
     * Returns one sentence.
     *
     * @param sha256 the thumbprint of the certificate, or null if no certificate is known
     */
    static String on(Reason reason, @Nullable Thumbprint sha256) {
        String thumbprint = sha256 == null ? "its thumbprint" : sha256.toString();
        return switch (reason) {
            case NOT_LISTED ->
                "Add " + thumbprint
                        + " to thumbprints or to a list file of store, or save the certificate in a folder of store.";
            case NO_RULE ->
                "Add " + thumbprint
                        + " to thumbprints or to a list file of store, or add a rule to identities that matches the certificate.";
            case NO_RULE_FOR_ENTRY ->
                "Add a rule to identities with the label of the entry that matches the certificate.";
            case ENTRY_DISABLED -> "Remove [disabled] from every entry that matches the certificate.";
            case ENTRY_NOT_IN_FORCE -> "Change [from] or [until] of the entry, or wait for its start.";
            case NO_COMMON_NAME ->
                "Set principal to label or thumbprint, or ask the client for a certificate with exactly"
                        + " one name of the kind that principal names.";
            case DENIED -> "Remove the entry from deny, if the certificate should be admitted at all.";
            case EXPIRED -> "Ask the client to renew the certificate.";
            case NOT_YET_VALID -> "Wait until the certificate is valid; check the clocks, and see clockSkew.";
            case NOT_TRUSTED ->
                "Add the root of the client's authority to trustStore, and let the client send the"
                        + " intermediate certificates.";
            case NOT_FOR_CLIENTS -> "Ask for a certificate whose extended key usage has clientAuth.";
            case REVOKED -> "Ask the client for a new certificate; the authority has withdrawn this one.";
            case REVOCATION_NOT_KNOWN ->
                "Add the authority's CRL to crl, or let the server reach its responder (see" + " revocationSoftFail).";
            case REVOCATION_NOT_PROVED -> "Get a current CRL of the authority: the present evidence proves nothing.";
            case KEY_TOO_SMALL -> "Ask the client for a certificate with a larger key (see minimumKeySize).";
            case SIGNATURE_ALGORITHM ->
                "Ask the authority for certificates, of the client and of the authority itself, with a signature algorithm"
                        + " in allowedSignatureAlgorithms.";
            case KEY_USAGE -> "Ask the authority for a certificate with the key usage that the setting keyUsage names.";
            case EXTENDED_KEY_USAGE ->
                "Ask the authority for a certificate with the purposes that extendedKeyUsage names.";
            case CERTIFICATE_POLICY ->
                "Ask the authority for a certificate with a policy that certificatePolicies names.";
            case NO_CERTIFICATE ->
                "Let the client send a certificate: with certificateHeader, the proxy must send the"
                        + " header; otherwise the connector must ask for one.";
            case MALFORMED -> "Ask the authority for a certificate in correct DER.";
            case HEADER_FROM_UNTRUSTED_PEER ->
                "Add the peer to trustedProxies or trustedProxyThumbprints, if it is" + " your proxy.";
            case HEADER_AMBIGUOUS ->
                "Let the proxy remove the header that clients send, under every spelling, before it" + " sets its own.";
            case HEADER_TOO_LONG -> "Let the proxy send a shorter certificate or chain.";
            case HEADER_MALFORMED -> "Compare the value that the proxy sends with the format in certificateHeader.";
            case NOT_VERIFIED_BY_PROXY ->
                "Let the proxy verify the certificate and send the header in proxyVerifyHeader.";
            case NO_LIST, STALE_LIST -> "Make the stores readable again; the log names them.";
            case INTERNAL -> "Report the stack trace in the log as a defect of Thumbkeeper.";
        };
    }
}
