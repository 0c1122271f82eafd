package dev.statuswire.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import dev.statuswire.core.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A list of a test's own in place of the server's, in pages as the server gives them: for what
 * would take too long to be made, and for what no request type makes.
 */
final class CraftedList {

    private static final List<String> STATUSES = List.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final List<ObjectNode> documents;

    CraftedList(List<ObjectNode> documents) {
        this.documents = documents;
    }

    /** So many that are finished, one each second up to {@code newest}, the newest first. */
    static CraftedList ofFinished(int count, Instant newest) {
        return new CraftedList(
                IntStream.range(0, count)
                        .mapToObj(index -> finished(count - index, newest.minusSeconds(index)))
                        .toList());
    }

    private static ObjectNode finished(int number, Instant created) {
        return document(
                "request-%05d".formatted(number), STATUSES.get(number % STATUSES.size()), created);
    }

    /** A document without steps. */
    static ObjectNode document(String id, String status, Instant created) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("id", id).put("type", "place-order").put("status", status);
        document.put("version", 7).put("attempt", 1).put("failures", 0);
        document.putObject("input").put("dish", "soup").put("note", "table of " + id);
        document.putNull("progress").putArray("steps");
        document.putNull("result").putNull("error").put("cancelRequested", false);
        document.put("createdAt", created.toString());
        document.put("updatedAt", created.plusMillis(1500).toString());
        document.putObject("links").put("self", "/status/" + id).putNull("cancel").putNull("retry");
        return document;
    }

    /** From now on the context's pages get this list, and each of its documents. */
    CraftedList in(BrowserContext context) {
        context.route("**/requests?*", this::page);
        context.route("**/status/*", this::status);
        return this;
    }

    private void page(Route route) {
        Map<String, String> query = queryOf(route.request().url());
        int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(documents.size(), from + limit);
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode requests = page.putArray("requests");
        documents.subList(from, to).forEach(requests::add);
        page.put("next", to < documents.size() ? Integer.toString(to) : null);
        answer(route, page);
    }

    private void status(Route route) {
        String path = URI.create(route.request().url()).getPath();
        documents.stream()
                .filter(document -> path.endsWith("/" + document.get("id").asText()))
                .findFirst()
                .ifPresentOrElse(document -> answer(route, document), route::resume);
    }

    private static void answer(Route route, JsonNode body) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(Json.write(body)));
    }

    private static Map<String, String> queryOf(String url) {
        return Stream.of(URI.create(url).getQuery().split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(it -> it[0], it -> it[1]));
    }
}
