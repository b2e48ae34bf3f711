/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.settings.Setting;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what ends soon in the stores of a gate: listed certificates, entries and trust anchors. Not thread-safe. */
final class ExpiringCertificates {

    private static final Duration SOON = Duration.ofDays(30);
    private static final Pattern SEPARATOR = Pattern.compile("[,;\\r\\n]");

    private final Settings settings;
    private final ContainerResources resources;
    private final Instant now = Instant.now();

    ExpiringCertificates(Settings settings, ContainerResources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    /** Returns a sentence for each; stores that cannot be read have none, since the start reports them. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (String store : locations(Setting.STORE)) {
            Locations locations = open(Setting.STORE_PASSWORD, Setting.STORE_PASSWORD_FILE);
            addCertificates("store", store, locations, findings);
            addEntries(store, locations, findings);
        }
        for (String store : locations(Setting.TRUST_STORE)) {
            addCertificates(
                    "trustStore",
                    store,
                    open(Setting.TRUST_STORE_PASSWORD, Setting.TRUST_STORE_PASSWORD_FILE),
                    findings);
        }
        return findings;
    }

    private List<String> locations(Setting setting) {
        String text = settings.text(setting);
        return text == null
                ? List.of()
                : SEPARATOR
                        .splitAsStream(text)
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
    }

    private Locations open(Setting text, Setting file) {
        return new Locations(resources, new StoreOptions(password(text, file), false), InstantSource.system());
    }

    private StorePassword password(Setting text, Setting file) {
        String path = settings.text(file);
        try {
            return path == null
                    ? StorePassword.of(text.key(), settings.text(text))
                    : StorePassword.readFrom(file.key(), resources.file(path));
        } catch (StoreException e) {
            return StorePassword.of(text.key(), null);
        }
    }

    private void addCertificates(String setting, String store, Locations locations, List<String> findings) {
        try {
            for (NamedCertificate each :
                    locations.certificates(store).load(null).value()) {
                add(
                        setting,
                        store,
                        each.label(),
                        each.certificate().getNotAfter().toInstant(),
                        findings);
            }
        } catch (StoreException | RuntimeException e) {
            // A list of thumbprints has no certificates; other failures are reported by the start.
        }
    }

    private void addEntries(String store, Locations locations, List<String> findings) {
        try {
            for (Entry each : locations.open(store).load(null).value()) {
                add("store", store, each.label(), each.until(), findings);
            }
        } catch (StoreException | RuntimeException e) {
            // The start reports it.
        }
    }

    private void add(
            String setting, String store, @Nullable String label, @Nullable Instant end, List<String> findings) {
        if (end != null && now.isBefore(end) && now.plus(SOON).isAfter(end)) {
            findings.add("ends soon: " + (label == null ? "an entry without a label" : SafeText.quoted(label)) + " of "
                    + setting + " " + SafeText.quoted(store) + " ends at " + end);
        }
    }
}
