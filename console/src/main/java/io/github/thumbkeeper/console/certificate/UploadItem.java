/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

import io.github.thumbkeeper.certificate.CertificateDigest;

/** One thing that was uploaded. Immutable and thread-safe. */
public sealed interface UploadItem {

    /** A certificate. */
    record OfCertificate(CertificateView view) implements UploadItem {}

    /** A thumbprint or pin, of which the certificate is not known. */
    record OfDigest(CertificateDigest digest) implements UploadItem {}
}
