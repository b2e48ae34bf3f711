/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.api;

import io.github.thumbkeeper.console.gate.GateView;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.observe.RefusedClient;
import io.github.thumbkeeper.observe.StoreStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gates and refused certificates as JSON. Thread-safe. */
public final class GatesApi {

    private final Gates gates;

    /** Creates the resource. */
    public GatesApi(Gates gates) {
        this.gates = gates;
    }

    /** Lists the gates. */
    public Answer gates(ConsoleRequest request) {
        return items(gates.all().stream().map(GatesApi::json).toList());
    }

    /** Lists the certificates that were refused. */
    public Answer refused(ConsoleRequest request) {
        return items(gates.refused().stream().map(GatesApi::json).toList());
    }

    private static Answer items(List<Map<String, Object>> items) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("total", items.size());
        body.put("items", items);
        return Json.of(body, Map.of());
    }

    private static Map<String, Object> json(GateView gate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", gate.name());
        json.put("mode", gate.mode());
        json.put("state", gate.state());
        json.put("healthy", gate.isHealthy());
        json.put("admitted", gate.admitted());
        json.put("refused", gate.refused());
        json.put("refusedByCode", gate.refusedByCode());
        json.put("reported", gate.reported());
        json.put("exempt", gate.exempt());
        json.put("entries", gate.entries());
        json.put("unmatchedEntries", gate.unmatched());
        json.put("expiring", gate.expiring());
        json.put("stores", gate.stores().stream().map(GatesApi::json).toList());
        return json;
    }

    private static Map<String, Object> json(StoreStatus store) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", store.getLocation());
        json.put("entries", store.getEntries());
        json.put("ageSeconds", store.getAgeSeconds());
        json.put("failing", store.isFailing());
        return json;
    }

    private static Map<String, Object> json(Gates.Refused refused) {
        RefusedClient client = refused.client();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gate", refused.gate());
        json.put("thumbprint", client.getThumbprint());
        json.put("subject", client.getSubject());
        json.put("issuer", client.getIssuer());
        json.put("code", client.getCode());
        json.put("reason", client.getReason());
        json.put("count", client.getCount());
        json.put("firstSeen", client.getFirstSeen());
        json.put("lastSeen", client.getLastSeen());
        json.put("peer", client.getPeer());
        json.put("certificate", client.getPem().isEmpty() ? null : client.getPem());
        return json;
    }
}
