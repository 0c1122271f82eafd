package dev.statuswire.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server with the HTTP and the live contract, whose requests, responses and frames are controlled
 * by a test. It stores documents as the test sets them, and pushes only what the test pushes.
 * Thread-safe.
 */
final class ScriptedServer implements AutoCloseable {

    private static final String CREATED = "2026-01-01T00:00:00.000Z";

    private final NavigableMap<String, ObjectNode> documents = new ConcurrentSkipListMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Script> scripts = new ArrayList<>();
    private final List<WsContext> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicInteger lives = new AtomicInteger();
    private final Javalin server;
    private volatile boolean opensSockets = true;
    private volatile boolean showsList = true;
    private volatile boolean closed;

    /**
     * A call that arrived, a socket that was opened, or a frame from a client.
     *
     * @param name for example {@code GET /status/some-id-1}, {@code socket} with its query, or
     *     {@code subscribe}
     * @param millis when it arrived
     */
    record Call(
            String name,
            String body,
            @Nullable String etag,
            @Nullable String authorization,
            long millis) {}

    /** A response that a test sets. */
    record Response(int status, String body, Map<String, String> headers) {

        static Response of(int status, JsonNode body) {
            return new Response(status, Json.write(body), Map.of());
        }

        static Response of(int status) {
            return new Response(status, "", Map.of());
        }

        Response with(String header, String value) {
            return new Response(status, body, Map.of(header, value));
        }
    }

    /** The next call that matches gets this response. */
    private record Script(Pattern call, Supplier<Response> response) {}

    ScriptedServer() {
        server =
                Javalin.create(
                                config -> {
                                    config.startup.showJavalinBanner = false;
                                    routes(config.routes);
                                })
                        .start("127.0.0.1", 0);
    }

    private void routes(RoutesConfig routes) {
        for (HandlerType method :
                List.of(HandlerType.GET, HandlerType.PUT, HandlerType.POST, HandlerType.DELETE)) {
            routes.addHttpHandler(method, "/<path>", this::called);
        }
        routes.ws(
                "/live",
                live -> {
                    live.onConnect(
                            socket -> {
                                socket.session.setIdleTimeout(Duration.ZERO);
                                record("socket " + socket.queryString());
                            });
                    live.onMessage(
                            socket -> {
                                String action =
                                        Json.parse(socket.message())
                                                .orElseThrow()
                                                .get("action")
                                                .asText();
                                record(action);
                                if (action.equals("subscribe")) {
                                    subscribers.add(socket);
                                    socket.send("{\"type\":\"subscribed\"}");
                                } else {
                                    socket.send("{\"type\":\"pong\"}");
                                }
                            });
                    live.onClose(
                            socket ->
                                    subscribers.removeIf(
                                            it -> it.sessionId().equals(socket.sessionId())));
                });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private void record(String name) {
        calls.add(new Call(name, "", null, null, System.nanoTime() / 1_000_000));
    }

    /** Returns the calls so far whose name contains this regular expression. */
    List<Call> calls(String pattern) {
        return calls.stream()
                .filter(it -> Pattern.compile(pattern).matcher(it.name()).find())
                .toList();
    }

    /** Returns the names of all calls so far. */
    List<String> names() {
        return calls.stream().map(Call::name).toList();
    }

    /** Waits for this number of matching calls, and returns them. */
    List<Call> awaitCalls(String pattern, int number) {
        return Await.get(
                number + " calls of " + pattern,
                () -> Optional.of(calls(pattern)).filter(it -> it.size() >= number));
    }

    /** Waits until a client is subscribed. */
    void awaitSubscriber() {
        Await.until("a subscriber", () -> !subscribers.isEmpty());
    }

    /** Sets the response to the next call whose name contains this regular expression. */
    void next(String pattern, Response response) {
        next(pattern, () -> response);
    }

    /** Does the same; the response is computed when the call arrives. */
    void next(String pattern, Supplier<Response> response) {
        synchronized (scripts) {
            scripts.add(new Script(Pattern.compile(pattern), response));
        }
    }

    /** Refuses sockets from now on, and closes those that are open. */
    void refuseSockets() {
        openNoMoreSockets();
        cutSockets();
    }

    /** Refuses sockets from now on. */
    void openNoMoreSockets() {
        opensSockets = false;
    }

    /** Returns an empty list from now on, so that clients have to read each status. */
    void hideList() {
        showsList = false;
    }

    /** Closes all sockets. */
    void cutSockets() {
        subscribers.forEach(WsContext::closeSession);
        subscribers.clear();
    }

    /** Stores a document without pushing it. An id without a document gets a new life. */
    ObjectNode put(String id, int version, String status) {
        JsonNode known = documents.get(id);
        String life =
                known == null ? "life-" + lives.incrementAndGet() : known.get("life").asText();
        ObjectNode document = document(id, life, version, status);
        documents.put(id, document);
        return document;
    }

    /** Creates a document without storing it. */
    static ObjectNode document(String id, String life, int version, String status) {
        ObjectNode document =
                (ObjectNode)
                        Json.parse(
                                        """
                                        {"type":"place-order","attempt":1,"input":{"dish":"soup"},"progress":null,
                                         "steps":[],"result":null,"error":null,"cancelRequested":false,
                                         "links":{"cancel":null,"retry":null}}
                                        """)
                                .orElseThrow();
        document.put("id", id).put("life", life).put("version", version).put("status", status);
        document.put("createdAt", CREATED).put("updatedAt", CREATED);
        document.withObject("links").put("self", "/status/" + id);
        return document;
    }

    /** Stores a document and pushes it. */
    ObjectNode push(String id, int version, String status) {
        ObjectNode document = put(id, version, status);
        pushed(document);
        return document;
    }

    /** Pushes a document without storing it. */
    void pushed(JsonNode document) {
        ObjectNode frame = Json.MAPPER.createObjectNode().put("type", "status");
        send(Json.write(frame.set("request", document)));
    }

    /** Deletes a document without pushing the removal, and returns it. */
    ObjectNode delete(String id) {
        return Objects.requireNonNull(documents.remove(id));
    }

    /** Deletes a document and pushes the removal. */
    ObjectNode remove(String id) {
        ObjectNode last = delete(id);
        removed(last);
        return last;
    }

    /** Pushes a removal. */
    void removed(JsonNode last) {
        ObjectNode frame = Json.MAPPER.createObjectNode().put("type", "removed");
        List.of("id", "life", "version", "createdAt").forEach(it -> frame.set(it, last.get(it)));
        send(Json.write(frame));
    }

    /** Sends a frame to every subscribed socket. */
    void send(String frame) {
        subscribers.forEach(it -> it.send(frame));
    }

    private void called(Context call) {
        String query = call.queryString() == null ? "" : "?" + call.queryString();
        var arrived =
                new Call(
                        call.method() + " " + call.path() + query,
                        call.body(),
                        call.header("If-None-Match"),
                        call.header("Authorization"),
                        System.nanoTime() / 1_000_000);
        calls.add(arrived);
        Response response =
                script(arrived).map(it -> it.response().get()).orElseGet(() -> response(arrived));
        response.headers().forEach(call::header);
        call.status(closed ? 503 : response.status())
                .contentType("application/json")
                .result(response.body().getBytes(UTF_8));
    }

    private Optional<Script> script(Call call) {
        synchronized (scripts) {
            Optional<Script> found =
                    scripts.stream()
                            .filter(it -> it.call().matcher(call.name()).find())
                            .findFirst();
            found.ifPresent(scripts::remove);
            return found;
        }
    }

    private Response response(Call call) {
        String[] parts = call.name().split("[ /?]+", -1);
        String id = parts.length > 2 ? parts[2] : "";
        if (call.name().matches("POST /(live|links/[^/]+)/tickets")) {
            return ticket();
        }
        if (call.name().startsWith("PUT")) {
            return Response.of(202, put(id, 1, "ACCEPTED"));
        }
        if (call.name().startsWith("GET /requests")) {
            return Response.of(200, page(call.name()));
        }
        ObjectNode document = documents.get(id);
        if (document == null) {
            return problem(404, "/problems/not-found");
        }
        if (call.name().startsWith("DELETE")) {
            documents.remove(id);
            return Response.of(204);
        }
        return status(document, call.etag());
    }

    private ObjectNode page(String call) {
        String limit = call.replaceAll(".*\\blimit=(\\d+).*", "$1");
        String cursor =
                call.contains("cursor=") ? call.replaceAll(".*\\bcursor=([^&]+).*", "$1") : "~~";
        List<ObjectNode> left =
                List.copyOf(documents.headMap(cursor, false).descendingMap().values());
        List<ObjectNode> listed = left.stream().limit(Integer.parseInt(limit)).toList();
        String next = listed.size() < left.size() ? listed.getLast().get("id").asText() : null;
        ObjectNode page = Json.MAPPER.createObjectNode().put("next", showsList ? next : null);
        page.putArray("requests").addAll(showsList ? listed : List.of());
        return page;
    }

    /** Returns the response to a request for a ticket. */
    Response ticket() {
        String path = opensSockets ? "/live?ticket=a%2Fb" : "/no-sockets";
        String url = uri().toString().replace("http", "ws") + path;
        return Response.of(201, Json.MAPPER.createObjectNode().put("url", url));
    }

    /** Returns the response to a read of a status. */
    static Response status(JsonNode document, @Nullable String etag) {
        String own = "\"%s-%s\"".formatted(document.get("life").asText(), document.get("version"));
        return (own.equals(etag) ? Response.of(304) : Response.of(200, document)).with("ETag", own);
    }

    static Response problem(int status, String type) {
        return Response.of(
                status,
                Json.MAPPER
                        .createObjectNode()
                        .put("type", type)
                        .put("title", "A problem")
                        .put("status", status));
    }

    @Override
    public void close() {
        closed = true;
        server.stop();
    }
}
