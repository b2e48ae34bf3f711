/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

/** An upload that cannot be used. Its message never has content of the upload. */
public final class BadUploadException extends Exception {

    private final String key;
    private final String detail;

    BadUploadException(String key, String detail) {
        super(key, null, false, false);
        this.key = key;
        this.detail = detail;
    }

    /** Returns the key of the text, after {@code upload.bad.}. */
    public String key() {
        return key;
    }

    /** Returns the reason in words, empty if the text needs none. */
    public String detail() {
        return detail;
    }
}
