package dev.statuswire.tests.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import dev.statuswire.core.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Serves requests that a test defines, in place of the server's, including requests that a server
 * would rarely have.
 */
final class StubbedRequests {

    /** The time that a page shows if it must look the same each time. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");

    private static final List<String> OUTCOMES = List.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final List<ObjectNode> documents;
    private final boolean inPages;

    /**
     * Serves only these documents to every page of {@code context}, newest first, on one page of
     * the list.
     */
    StubbedRequests(BrowserContext context, ObjectNode... documents) {
        this(context, List.of(documents), false);
    }

    private StubbedRequests(BrowserContext context, List<ObjectNode> documents, boolean inPages) {
        this.documents = documents;
        this.inPages = inPages;
        context.route(url -> isPath(url, "/requests"), this::list);
        context.route(url -> isPath(url, "/status/[^/]+"), this::status);
    }

    /**
     * Serves {@code count} finished requests, {@code request-00001} and so on, one for each second
     * until now, page by page as the server does.
     */
    static void finished(BrowserContext context, int count) {
        Instant now = Instant.now();
        List<ObjectNode> documents =
                IntStream.range(0, count)
                        .mapToObj(index -> finished(count - index, now.minusSeconds(index)))
                        .toList();
        new StubbedRequests(context, documents, true);
    }

    private static ObjectNode finished(int number, Instant created) {
        return document("request-%05d".formatted(number), "{}")
                .put("status", OUTCOMES.get(number % OUTCOMES.size()))
                .put("createdAt", created.toString())
                .put("updatedAt", created.plusMillis(1500).toString());
    }

    /**
     * Returns a request that was accepted ten seconds before {@link #NOW}, with the members of
     * {@code more} in place of its own.
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

    /** Returns the time {@code millis} before {@link #NOW}. */
    static String before(long millis) {
        // Always has milliseconds, as the server writes it.
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
        String url = route.request().url();
        int from = inPages ? parameter(url, "cursor", 0) : 0;
        int to = inPages ? from + parameter(url, "limit", 50) : documents.size();
        ObjectNode page = Json.MAPPER.createObjectNode();
        page.put("next", to < documents.size() ? Integer.toString(to) : null);
        ArrayNode requests = page.putArray("requests");
        requests.addAll(documents.subList(from, Math.min(to, documents.size())));
        answer(route, 200, page);
    }

    private static int parameter(String url, String name, int defaultValue) {
        Matcher found = Pattern.compile("[?&]" + name + "=(\\d+)").matcher(url);
        return found.find() ? Integer.parseInt(found.group(1)) : defaultValue;
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
