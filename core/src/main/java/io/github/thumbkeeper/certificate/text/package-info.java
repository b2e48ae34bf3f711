/* SPDX-License-Identifier: Apache-2.0 */
/** Reads text from administrators and files: thumbprints and pins, base64, and the encoding of text files. */
@NullMarked
package io.github.thumbkeeper.certificate.text;

import org.jspecify.annotations.NullMarked;
