/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.message.KeyMaterial;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryText;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into the new list, and checks it, without any effect.
 *
 * <p>No two entries that admit may match one certificate: a gate would have to choose. A label belongs to one entry, apart from the
 * entries of a rotation, because a label is an identity.
 *
 * <p>Not thread-safe; used for one call.
 */
final class EntryPlanner {

    private static final int LONGEST_TEXT = 300;

    private final Map<CertificateDigest, ListedEntry> entries = new LinkedHashMap<>();
    private final History history;
    private final List<String> problems = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private Map<CertificateDigest, Optional<ListedEntry>> touched = new LinkedHashMap<>();

    /** Finds a change by its number. */
    @FunctionalInterface
    interface History {
        Optional<HistoryRecord> find(long number) throws StoreException;
    }

    /** A change that has an effect. */
    record Planned(ChangeKind kind, List<EntryStep> steps) {}

    /** Result of planning. */
    sealed interface Plan {}

    /** The changes are possible. */
    record Possible(List<ListedEntry> entries, List<Planned> changes) implements Plan {

        /** Returns the records for the history, with numbers that follow the given one. */
        List<HistoryRecord> records(long last, Instant at, String actor) {
            List<HistoryRecord> records = new ArrayList<>();
            for (Planned each : changes) {
                records.add(new HistoryRecord(last + records.size() + 1, at, actor, each.kind, each.steps));
            }
            return records;
        }
    }

    /** At least one change is not possible. */
    record Impossible(List<String> problems) implements Plan {}

    /** Refusal of one change. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why, null, false, false);
        }
    }

    private EntryPlanner(List<ListedEntry> now, History history) {
        now.forEach(entry -> entries.put(entry.digest(), entry));
        this.history = history;
    }

    /**
     * Plans changes, in their order.
     *
     * @param now the entries before
     */
    static Plan plan(List<ListedEntry> now, String actor, List<EntryChange> changes, History history)
            throws StoreException {
        EntryPlanner planner = new EntryPlanner(now, history);
        planner.checkText("actor", actor);
        int number = 0;
        for (EntryChange change : changes) {
            planner.plan(++number, change);
        }
        return planner.problems.isEmpty()
                ? new Possible(List.copyOf(planner.entries.values()), List.copyOf(planner.planned))
                : new Impossible(List.copyOf(planner.problems));
    }

    private void checkText(String key, String text) {
        textProblem(text).ifPresent(why -> problems.add(key + " " + shown(text) + " " + why));
    }

    /** Names of principals may be long, because they may be distinguished names. */
    private static Optional<String> textProblem(String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            return Optional.of("is empty or too long; expected 1 to " + LONGEST_TEXT + " characters");
        }
        if (KeyMaterial.isIn(text)) {
            return Optional.of("looks like a certificate or a private key; expected a short text");
        }
        if (!text.equals(text.strip()) || text.codePoints().anyMatch(c -> c != ' ' && EntryLabels.isInvisible(c))) {
            return Optional.of("has invisible characters, or blanks at its ends; expected one line of visible text");
        }
        return Optional.empty();
    }

    private static String shown(String text) {
        return SafeText.quoted(text);
    }

    private void plan(int number, EntryChange change) throws StoreException {
        touched = new LinkedHashMap<>();
        try {
            make(change);
            for (CertificateDigest digest : touched.keySet()) {
                ListedEntry entry = entries.get(digest);
                if (entry != null) {
                    check(entry);
                }
            }
            List<EntryStep> steps = steps();
            if (!steps.isEmpty()) {
                planned.add(new Planned(change.kind(), steps));
            }
        } catch (Refusal e) {
            problems.add("change " + number + ": " + e.getMessage());
            // Later changes are checked as if this one had not been asked for.
            touched.forEach((digest, before) ->
                    before.ifPresentOrElse(entry -> entries.put(digest, entry), () -> entries.remove(digest)));
        }
    }

    private List<EntryStep> steps() {
        List<EntryStep> steps = new ArrayList<>();
        touched.forEach((digest, before) -> {
            Optional<ListedEntry> after = Optional.ofNullable(entries.get(digest));
            if (!before.equals(after)) {
                steps.add(EntryStep.of(before, after));
            }
        });
        return List.copyOf(steps);
    }

    private void make(EntryChange change) throws Refusal, StoreException {
        if (change instanceof EntryChange.Add add) {
            add(add);
        } else if (change instanceof EntryChange.SetAttributes set) {
            put(notDenied(set.entry()).with(set.roles(), millis(set.from()), millis(set.until())));
        } else if (change instanceof EntryChange.Disable disable) {
            put(notDenied(disable.entry()).withState(EntryState.DISABLED));
        } else if (change instanceof EntryChange.Enable enable) {
            enable(find(enable.entry()));
        } else if (change instanceof EntryChange.Rename rename) {
            rename(notDenied(rename.entry()), rename.label());
        } else if (change instanceof EntryChange.Deny deny) {
            deny(find(deny.entry()), deny.reason());
        } else if (change instanceof EntryChange.Remove remove) {
            remove(find(remove.entry()));
        } else if (change instanceof EntryChange.Restore restore) {
            restore(restore.number());
        } else if (change instanceof EntryChange.Rotate rotate) {
            rotate(rotate);
        }
    }

    private void put(ListedEntry entry) {
        touched.putIfAbsent(entry.digest(), Optional.ofNullable(entries.get(entry.digest())));
        entries.put(entry.digest(), entry);
    }

    private void remove(CertificateDigest digest) {
        touched.putIfAbsent(digest, Optional.ofNullable(entries.get(digest)));
        entries.remove(digest);
    }

    /** Removes an entry. A denial stays in force: that of a certificate by its key, and any other one in its entry. */
    private void remove(ListedEntry entry) throws Refusal {
        X509Certificate certificate = entry.certificate();
        if (entry.isDenied() && certificate == null && !isKeyOfDenial(entry)) {
            throw new Refusal(
                    shown(entry.name()) + " is denied, and only its entry keeps it so; expected to enable it first,"
                            + " which ends the denial");
        }
        remove(entry.digest());
        if (entry.isDenied() && certificate != null) {
            PublicKeyPin pin = PublicKeyPin.of(certificate);
            if (!entries.containsKey(pin)) {
                put(new ListedEntry(pin, null, Set.of(), null, null, entry.state(), null));
            }
        }
    }

    /** Returns whether an entry is that of a key which a denial has made. It cannot be enabled, so its removal ends the denial. */
    private static boolean isKeyOfDenial(ListedEntry entry) {
        return entry.digest() instanceof PublicKeyPin && entry.label() == null;
    }

    private ListedEntry find(CertificateDigest digest) throws Refusal {
        ListedEntry entry = entries.get(digest);
        if (entry == null) {
            throw new Refusal("[" + digest + "] is not listed; expected the thumbprint or pin of an entry");
        }
        return entry;
    }

    private ListedEntry notDenied(CertificateDigest digest) throws Refusal {
        ListedEntry entry = find(digest);
        if (entry.isDenied()) {
            throw new Refusal(shown(entry.name()) + " is denied; enable it first");
        }
        return entry;
    }

    private static @Nullable Instant millis(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private void add(EntryChange.Add add) throws Refusal {
        requireNewLabel(add.label());
        X509Certificate certificate = null;
        CertificateDigest digest;
        if (add.subject() instanceof EntryChange.OfCertificate of) {
            certificate = parsed(of.certificate());
            digest = thumbprint(certificate, DigestAlgorithm.SHA256);
        } else {
            digest = ((EntryChange.OfDigest) add.subject()).digest();
        }
        if (digest instanceof IssuerAndSerial) {
            throw new Refusal("[" + digest + "] is for deny lists only; expected a certificate, thumbprint or pin");
        }
        requireNew(digest);
        put(new ListedEntry(
                digest,
                add.label(),
                add.roles(),
                millis(add.from()),
                millis(add.until()),
                EntryState.ENABLED,
                certificate));
    }

    private void requireNew(CertificateDigest digest) throws Refusal {
        ListedEntry same = entries.get(digest);
        if (same != null) {
            throw new Refusal("[" + digest + "] is already listed as " + shown(same.name()) + "; expected a new one");
        }
    }

    /** Parses the DER form again: what is kept is one certificate that every reader accepts, whatever class the caller's has. */
    private static X509Certificate parsed(X509Certificate certificate) throws Refusal {
        try {
            return CertificateReader.readOne(certificate.getEncoded());
        } catch (CertificateFormatException | CertificateEncodingException | RuntimeException e) {
            throw new Refusal("the certificate cannot be used: "
                    + (e instanceof CertificateFormatException
                            ? e.getMessage()
                            : e.getClass().getName()));
        }
    }

    private static Thumbprint thumbprint(X509Certificate certificate, DigestAlgorithm algorithm) {
        try {
            return Thumbprint.of(certificate, algorithm);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed cannot give its DER form", e);
        }
    }

    private void requireNewLabel(String label) throws Refusal {
        Optional<String> problem = EntryLabels.problem(label);
        if (problem.isPresent()) {
            throw new Refusal("label " + shown(label) + " " + problem.get());
        }
        String key = EntryLabels.key(label);
        for (ListedEntry entry : entries.values()) {
            if (entry.label() != null && EntryLabels.key(entry.label()).equals(key)) {
                throw new Refusal("label " + shown(label) + " is that of another entry, or differs from "
                        + shown(entry.label()) + " only in case or form; expected another label, or a rotation");
            }
        }
    }

    private void rename(ListedEntry entry, String label) throws Refusal {
        if (label.equals(entry.label())) {
            return;
        }
        remove(entry.digest());
        requireNewLabel(label);
        put(entry.withLabel(label));
    }

    private void enable(ListedEntry entry) throws Refusal {
        if (entry.isDenied() && isKeyOfDenial(entry)) {
            // Enabled, it would admit every certificate with the key.
            throw new Refusal(shown(entry.name()) + " is a denied key; enable its certificate, or remove this entry");
        }
        X509Certificate certificate = entry.certificate();
        if (entry.isDenied() && certificate != null) {
            ListedEntry key = entries.get(PublicKeyPin.of(certificate));
            if (key != null && key.isDenied()) {
                remove(key.digest());
            }
        }
        put(entry.withState(EntryState.ENABLED));
    }

    private void deny(ListedEntry entry, String reason) throws Refusal {
        Optional<String> problem = textProblem(reason);
        if (problem.isPresent()) {
            throw new Refusal("reason " + shown(reason) + " " + problem.get());
        }
        EntryState denied = new EntryState.Denied(reason);
        put(entry.withState(denied));
        PublicKeyPin pin = pin(entry);
        if (pin == null) {
            return;
        }
        for (ListedEntry each : List.copyOf(entries.values())) {
            if (pin.equals(pin(each))) {
                put(each.withState(denied));
            }
        }
        if (!entries.containsKey(pin)) {
            // Without a label, because a folder requires that of the file of each certificate with this key.
            put(new ListedEntry(pin, null, Set.of(), null, null, denied, null));
        }
    }

    private static @Nullable PublicKeyPin pin(ListedEntry entry) {
        X509Certificate certificate = entry.certificate();
        if (certificate != null) {
            return PublicKeyPin.of(certificate);
        }
        return entry.digest() instanceof PublicKeyPin pin ? pin : null;
    }

    private void restore(long number) throws Refusal, StoreException {
        HistoryRecord record =
                history.find(number).orElseThrow(() -> new Refusal("[" + number + "] is not a change in the history"));
        if (record.kind() == ChangeKind.DAMAGED) {
            throw new Refusal("[" + number + "] is damaged in the history; expected to make the changes one by one");
        }
        for (EntryStep step : record.steps()) {
            if (!Objects.equals(entries.get(step.digest()), step.later().orElse(null))) {
                throw new Refusal(shown(step.name()) + " has changed since change " + number
                        + "; expected to undo the later change first");
            }
        }
        for (EntryStep step : record.steps()) {
            step.earlier().ifPresentOrElse(this::put, () -> remove(step.digest()));
        }
    }

    private void rotate(EntryChange.Rotate rotate) throws Refusal {
        ListedEntry old = notDenied(rotate.entry());
        if (!(old.state() instanceof EntryState.Enabled)) {
            throw new Refusal(shown(old.name()) + " is disabled; enable it first");
        }
        X509Certificate next = parsed(rotate.next());
        CertificateDigest digest = thumbprint(next, DigestAlgorithm.SHA256);
        requireNew(digest);
        Instant end = rotate.overlapEnd().truncatedTo(ChronoUnit.MILLIS);
        Instant until = old.until() == null || end.isBefore(old.until()) ? end : old.until();
        put(old.with(old.roles(), old.from(), until));
        put(new ListedEntry(digest, old.label(), old.roles(), millis(rotate.from()), null, EntryState.ENABLED, next));
    }

    private void check(ListedEntry entry) throws Refusal {
        try {
            EntryText.requireOrder(entry.from(), entry.until());
            for (String role : entry.roles()) {
                if (Entry.isReservedRole(role) || role.indexOf(',') >= 0 || KeyMaterial.isIn(role)) {
                    throw new Refusal("a role of " + shown(entry.name()) + " is reserved or not a name");
                }
                EntryText.name("roles", role, "expected names without blanks");
            }
        } catch (BadEntryException e) {
            throw new Refusal(shown(entry.name()) + ": " + e.problem());
        }
        if (!entry.isDenied()) {
            requireAlone(entry);
        }
    }

    /** Requires that no other entry matches the certificate of an entry, or the certificate that the entry matches. */
    private void requireAlone(ListedEntry entry) throws Refusal {
        Set<CertificateDigest> others = new LinkedHashSet<>();
        if (entry.certificate() != null) {
            others.addAll(digests(entry.certificate()));
        } else {
            for (ListedEntry each : entries.values()) {
                X509Certificate certificate = each.certificate();
                if (certificate != null && matches(entry.digest(), certificate)) {
                    others.add(each.digest());
                }
            }
        }
        others.remove(entry.digest());
        for (CertificateDigest other : others) {
            ListedEntry found = entries.get(other);
            if (found != null) {
                throw new Refusal(
                        shown(entry.name()) + " is also matched by " + shown(found.name()) + " [" + other + "]"
                                + (found.isDenied() ? ", which is denied" : "")
                                + "; expected one entry for each certificate and key");
            }
        }
    }

    private static boolean matches(CertificateDigest digest, X509Certificate certificate) {
        return digest instanceof Thumbprint thumbprint
                ? thumbprint.equals(thumbprint(certificate, thumbprint.algorithm()))
                : digest.equals(PublicKeyPin.of(certificate));
    }

    /** Returns every digest by which an entry can match a certificate. */
    static Set<CertificateDigest> digests(X509Certificate certificate) {
        Set<CertificateDigest> all = new LinkedHashSet<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            all.add(thumbprint(certificate, algorithm));
        }
        all.add(PublicKeyPin.of(certificate));
        return all;
    }
}
