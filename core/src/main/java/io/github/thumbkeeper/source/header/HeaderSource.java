/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.BoundedCache;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.source.TlsSource;
import io.github.thumbkeeper.source.peer.TrustedProxies;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Takes the certificate that a trusted proxy forwards in a header field. From a trusted proxy only the header counts; from any
 * other peer the header is ignored, and the certificate of the TLS connection counts.
 *
 * <p>Thread-safe.
 *
 * @see ForwardingProxy
 */
public final class HeaderSource implements CertificateSource {

    private static final int CACHE_SIZE = 512;

    /** Longer fields are read each time, so that the whole cache takes a few megabytes at most. */
    private static final int LONGEST_CACHED = 8 * 1024;

    private final HeaderOptions options;
    private final HeaderFormat format;
    private final TrustedProxies proxies;
    private final HeaderNames names;
    private final BoundedCache<ForwardedFields, PresentedCertificate> cache = BoundedCache.byEquality(CACHE_SIZE);
    private final TlsSource tls = new TlsSource();

    /** Creates the source. */
    public HeaderSource(HeaderOptions options, TrustedProxies proxies) {
        this.options = options;
        this.format = options.proxy().format(options);
        this.proxies = proxies;
        this.names = options.names();
    }

    @Override
    public PresentedCertificate find(Exchange exchange) {
        boolean known = isKnown(exchange);
        boolean trusted = !known && disownIfTrusted(exchange);
        if (names.isAnyEvadedIn(exchange)) {
            return PresentedCertificate.refused(Reason.HEADER_AMBIGUOUS);
        }
        if (known) {
            return tls.find(exchange);
        }
        if (!trusted) {
            PresentedCertificate own = tls.find(exchange);
            return names.isAnySentIn(exchange) ? own.ignoringHeader() : own;
        }
        PresentedCertificate forwarded = forwarded(exchange);
        if (forwarded instanceof PresentedCertificate.Found found) {
            exchange.showCertificates(found.shownChain());
        } else if (forwarded instanceof PresentedCertificate.HashOnly) {
            exchange.showClaim();
        }
        return forwarded;
    }

    @Override
    public void disown(Exchange exchange) {
        if (!isKnown(exchange)) {
            disownIfTrusted(exchange);
        }
    }

    @Override
    public Map<Thumbprint, Instant> proxyEnds() {
        return proxies.ends();
    }

    /** Returns whether an outer gate took the client from a header: all gates check the same client. */
    private static boolean isKnown(Exchange exchange) {
        return exchange.isForwarded() && (exchange.isClaimed() || exchange.clientCertificates() != null);
    }

    private boolean disownIfTrusted(Exchange exchange) {
        boolean disowned = true;
        try {
            disowned = proxies.isTrusted(exchange);
            return disowned;
        } finally {
            // If the check failed, the connection may be a proxy's.
            if (disowned) {
                exchange.showCertificates(new X509Certificate[0]);
            }
        }
    }

    @Override
    public HeaderNames hidden(Exchange exchange) {
        return !options.hide() && isSurelyTrusted(exchange) ? HeaderNames.NONE : names;
    }

    private boolean isSurelyTrusted(Exchange exchange) {
        try {
            return proxies.isTrusted(exchange);
        } catch (Throwable e) {
            return false;
        }
    }

    private PresentedCertificate forwarded(Exchange exchange) {
        List<String> lines = exchange.headers(options.name());
        if (lines.size() > 1) {
            return PresentedCertificate.refused(Reason.HEADER_AMBIGUOUS);
        }
        String value = lines.isEmpty() ? "" : FieldText.trim(lines.get(0));
        String chain = chain(exchange);
        if (value.length() > options.proxy().longest(options)) {
            return refused(
                    BadHeaderException.tooLong("the field", options.proxy().longest(options)), options.name());
        }
        if (chain.length() > FieldLimits.CHAIN) {
            return refused(BadHeaderException.tooLong("the chain", FieldLimits.CHAIN), chainName());
        }
        if (FieldText.isNothing(value)) {
            return chain.isEmpty()
                    ? PresentedCertificate.refused(Reason.NO_CERTIFICATE)
                    : refused(
                            new BadHeaderException("has a chain, and " + options.name() + " is missing"), chainName());
        }
        return options.verification().isGivenIn(exchange)
                ? read(new ForwardedFields(value, chain))
                : PresentedCertificate.refused(Reason.NOT_VERIFIED_BY_PROXY);
    }

    /** The same header gives the same certificate object, by which the gate finds its earlier results. */
    private PresentedCertificate read(ForwardedFields fields) {
        PresentedCertificate known = cache.get(fields);
        if (known == null) {
            try {
                known = presented(format.read(fields.requirePrintable()));
            } catch (BadHeaderException e) {
                return refused(e, options.name());
            }
            if (known instanceof PresentedCertificate.Refused) {
                return known;
            }
            if (fields.length() <= LONGEST_CACHED) {
                cache.put(fields, known);
            }
        }
        return known;
    }

    private PresentedCertificate presented(ForwardedClient client) {
        if (client instanceof ForwardedClient.Hash hash) {
            return new PresentedCertificate.HashOnly(hash.thumbprint(), options.name());
        }
        ForwardedClient.Certificate certificate = (ForwardedClient.Certificate) client;
        if (certificate.chain() instanceof ForwardedClient.Chain.Parsed chain) {
            return PresentedCertificate.Found.of(certificate.leaf(), chain.certificates());
        }
        BadHeaderException problem = ((ForwardedClient.Chain.Unreadable) certificate.chain()).problem();
        return options.chainNeeded()
                ? refused(problem, chainName())
                : PresentedCertificate.Found.withoutChain(
                        certificate.leaf(), problem.in(chainName()).why());
    }

    private static PresentedCertificate refused(BadHeaderException problem, String field) {
        return PresentedCertificate.refused(problem.reason(), problem.in(field).why());
    }

    /** Returns the field with the chain, which is the field of the certificate in most formats. */
    private String chainName() {
        String name = options.chainName();
        return name == null ? options.name() : name;
    }

    /** The chain is a list, so it may come in several lines (RFC 9110 section 5.3). */
    private String chain(Exchange exchange) {
        String name = options.chainName();
        return name == null ? "" : FieldText.trim(String.join(",", exchange.headers(name)));
    }
}
