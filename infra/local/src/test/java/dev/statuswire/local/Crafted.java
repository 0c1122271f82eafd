package dev.statuswire.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import dev.statuswire.core.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Requests as no server would soon have them: what the page reads of them is what a test wrote. */
final class Crafted {

    /** What the clock of a page shows that is to look the same each time. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");

    private final List<ObjectNode> documents = new CopyOnWriteArrayList<>();

    /** Answers every page of {@code context} with these documents only, newest first. */
    Crafted(BrowserContext context, ObjectNode... documents) {
        this.documents.addAll(List.of(documents));
        context.route(url -> isPath(url, "/requests"), this::list);
        context.route(url -> isPath(url, "/status/[^/]+"), this::status);
    }

    /**
     * A request that was accepted ten seconds before {@link #NOW}, but for what {@code more} says.
     */
    static ObjectNode document(String id, String more) {
        ObjectNode document =
                object(
                        """
                        {"type":"place-order","status":"RUNNING","version":3,"attempt":1,
                         "input":{"dish":"soup","quantity":1},"progress":null,"steps":[],
                         "result":null,"error":null,"cancelRequested":false,
                         "links":{"self":"","cancel":null,"retry":null}}
                        """);
        document.put("id", id).put("createdAt", before(10_000)).put("updatedAt", before(0));
        document.setAll(object(more));
        return document;
    }

    /** The time so many milliseconds before {@link #NOW}. */
    static String before(long millis) {
        // Always with milliseconds, as the server writes it.
        return NOW.minusMillis(millis).plusNanos(1).toString().replaceFirst("\\d{6}Z$", "Z");
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.parse(json).orElseThrow();
    }

    private static boolean isPath(String url, String pattern) {
        return URI.create(url).getPath().matches(pattern);
    }

    private void list(Route route) {
        if (!route.request().method().equals("GET")) {
            route.resume();
            return;
        }
        ObjectNode page = Json.MAPPER.createObjectNode().putNull("next");
        ArrayNode requests = page.putArray("requests");
        requests.addAll(documents);
        answer(route, 200, page);
    }

    private void status(Route route) {
        String id = URI.create(route.request().url()).getPath().substring("/status/".length());
        documents.stream()
                .filter(document -> document.path("id").asText().equals(id))
                .findFirst()
                .ifPresentOrElse(
                        document -> answer(route, 200, document),
                        () -> answer(route, 404, Json.MAPPER.createObjectNode()));
    }

    private static void answer(Route route, int status, ObjectNode body) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("application/json")
                        .setBody(body.toString()));
    }
}
