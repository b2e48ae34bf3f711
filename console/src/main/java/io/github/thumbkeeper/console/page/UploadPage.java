/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.certificate.BadUploadException;
import io.github.thumbkeeper.console.certificate.UploadItem;
import io.github.thumbkeeper.console.certificate.UploadReader;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.message.SafeText;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes an upload, and shows what is in it before anything is added. Thread-safe. */
public final class UploadPage {

    private final ManagedList list;
    private final Gates gates;
    private final InstantSource clock;

    /** Creates the page. */
    public UploadPage(ManagedList list, Gates gates, InstantSource clock) {
        this.list = list;
        this.gates = gates;
        this.clock = clock;
    }

    /**
     * What the form shows.
     *
     * @param isSet whether a list is set
     * @param problem the key of the reason why the last upload could not be used; empty for none
     * @param detail the reason in words
     * @param rotate the entry whose next certificate is wanted, or null
     */
    public record Form(
            boolean isSet,
            String problem,
            String detail,
            @Nullable EntryRow rotate) {}

    /** Shows the form; with {@code refused}, the preview of a certificate that a gate has refused. */
    public Answer form(ConsoleRequest request) throws HttpProblem {
        String refused = request.text("refused");
        if (!refused.isEmpty() && list.isSet()) {
            return refused(refused);
        }
        EntryRow rotate = rotate(request, list.isSet() ? list.rows() : null);
        return Answer.Page.of("upload", new Form(list.isSet(), "", "", rotate));
    }

    private Answer refused(String thumbprint) throws HttpProblem {
        Gates.Refused found = gates.refused().stream()
                .filter(each -> each.client().getThumbprint().equals(thumbprint))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(404, "noRefused", List.of()));
        String pem = found.client().getPem();
        String text = pem.isEmpty() ? thumbprint : pem;
        try {
            return preview(UploadReader.read(text.getBytes(StandardCharsets.US_ASCII), ""), found.gate(), null);
        } catch (BadUploadException e) {
            return bad(e, null);
        }
    }

    /** Reads files and pasted text, and shows what they have. */
    public Answer preview(ConsoleRequest request) throws HttpProblem {
        EntryRow rotate = rotate(request, list.rows());
        List<ConsoleRequest.Upload> files = request.files("file");
        String text = request.text("text");
        Set<UploadItem> items = new LinkedHashSet<>();
        int keys = 0;
        try {
            UploadReader.refuseSeveralPkcs12(
                    files.stream().map(ConsoleRequest.Upload::content).toList());
            for (ConsoleRequest.Upload file : files) {
                UploadReader.Upload upload = UploadReader.read(file.content(), request.text("password"));
                items.addAll(upload.items());
                keys += upload.droppedKeys();
            }
            if (!text.isEmpty()) {
                items.addAll(UploadReader.read(text.getBytes(StandardCharsets.UTF_8), "")
                        .items());
            }
        } catch (BadUploadException e) {
            return bad(e, rotate);
        }
        if (items.isEmpty() || items.size() > UploadReader.MOST_ITEMS || (rotate != null && items.size() > 1)) {
            String problem = items.isEmpty() ? "empty" : rotate != null ? "rotateOne" : "tooMany";
            return new Answer.Page(
                    422, "upload", "upload", new Form(true, problem, String.valueOf(items.size()), rotate));
        }
        String names = files.stream()
                .map(file -> SafeText.text(file.fileName()))
                .limit(5)
                .collect(Collectors.joining(", "));
        return preview(new UploadReader.Upload(new ArrayList<>(items), keys), names, rotate);
    }

    private Answer preview(UploadReader.Upload upload, String source, @Nullable EntryRow rotate) throws HttpProblem {
        return new Answer.Page(
                200,
                "upload",
                "preview",
                Preview.of(upload.items(), list.rows(), upload.droppedKeys(), source, rotate, clock.instant()));
    }

    private static @Nullable EntryRow rotate(ConsoleRequest request, ManagedList.@Nullable Rows rows)
            throws HttpProblem {
        String id = request.text("rotate");
        if (id.isEmpty() || rows == null) {
            return null;
        }
        EntryRow row = rows.find(id);
        if (row == null) {
            throw new HttpProblem(404, "noEntry", List.of());
        }
        return row;
    }

    private static Answer bad(BadUploadException e, @Nullable EntryRow rotate) {
        return new Answer.Page(422, "upload", "upload", new Form(true, e.key(), e.detail(), rotate));
    }
}
