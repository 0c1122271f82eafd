package dev.statuswire.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.client.CreatedLink;
import dev.statuswire.client.Link;
import dev.statuswire.client.LinkClient;
import dev.statuswire.client.LinkOptions;
import dev.statuswire.client.ListedRequests;
import dev.statuswire.client.NoResponseException;
import dev.statuswire.client.ProblemResponseException;
import dev.statuswire.client.RequestListener;
import dev.statuswire.client.RequestQuery;
import dev.statuswire.client.StatusDocument;
import dev.statuswire.client.StatusDocument.Status;
import dev.statuswire.client.StatuswireClient;
import dev.statuswire.client.SubmitOptions;
import dev.statuswire.client.Watch;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The Java client, in this process. */
final class JavaTestedClient implements TestedClient {

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final StatuswireClient client;
    private final List<LinkClient> links = new CopyOnWriteArrayList<>();

    JavaTestedClient(URI server, boolean hasTokens) {
        StatuswireClient.Builder builder = StatuswireClient.builder(server);
        if (hasTokens) {
            var count = new AtomicInteger();
            builder.token(() -> "token-" + count.incrementAndGet());
        }
        client = builder.build();
    }

    @Override
    public CompletableFuture<Outcome> start(String name, @Nullable Object... arguments) {
        return CompletableFuture.supplyAsync(() -> outcome(name, arguments), calls);
    }

    private Outcome outcome(String name, @Nullable Object... arguments) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        try {
            json.set("value", called(name, arguments));
        } catch (ProblemResponseException problem) {
            json = json(problem);
        } catch (NoResponseException none) {
            json.put("error", "no-response");
        } catch (IllegalArgumentException invalid) {
            json.put("error", "invalid-argument");
        }
        return new Outcome(json);
    }

    private JsonNode called(String name, @Nullable Object... arguments) {
        String first = arguments[0] instanceof String text ? text : "";
        return switch (name) {
            case "submit" ->
                    submitted(
                                    first,
                                    Objects.requireNonNull(arguments[1]),
                                    (String) arguments[2],
                                    arguments.length > 3 ? (JsonNode) arguments[3] : null)
                            .raw();
            case "get" -> client.get(first).raw();
            case "cancel" -> client.cancel(first).raw();
            case "retry" -> client.retry(first).raw();
            case "answer" ->
                    client.answer(
                                    first,
                                    (String) Objects.requireNonNull(arguments[1]),
                                    Objects.requireNonNull(arguments[2]))
                            .raw();
            case "delete" -> {
                client.delete(first);
                yield NullNode.getInstance();
            }
            case "link" ->
                    json(client.createLink(first, linkOptions((JsonNode) required(arguments[1]))));
            case "links" -> {
                ArrayNode all = Json.MAPPER.createArrayNode();
                client.links(first).forEach(link -> all.add(json(link)));
                yield all;
            }
            case "revokeLink" -> {
                client.revokeLink(first, (String) required(arguments[1]));
                yield NullNode.getInstance();
            }
            case "linkStatus" -> {
                try (LinkClient link = LinkClient.open(URI.create(first))) {
                    yield link.status().raw();
                }
            }
            case "answerByLink" -> {
                try (LinkClient link = LinkClient.open(URI.create(first))) {
                    yield link.answer((String) required(arguments[1]), required(arguments[2]))
                            .raw();
                }
            }
            case "list" -> list((JsonNode) Objects.requireNonNull(arguments[0]));
            default -> throw new AssertionError(name);
        };
    }

    private static Object required(@Nullable Object argument) {
        return Objects.requireNonNull(argument);
    }

    private static LinkOptions linkOptions(JsonNode json) {
        return new LinkOptions(
                json.path("scope").asText(),
                json.path("step").textValue(),
                json.path("label").textValue(),
                json.path("showsInput").asBoolean(),
                json.has("expiresAt") ? Instant.parse(json.get("expiresAt").asText()) : null);
    }

    private static ObjectNode json(CreatedLink link) {
        return json(new Link(
                        link.linkId(),
                        link.scope(),
                        link.step(),
                        link.label(),
                        link.showsInput(),
                        link.createdAt(),
                        link.expiresAt()))
                .put("url", link.url().toString());
    }

    private static ObjectNode json(Link link) {
        return Json.MAPPER
                .createObjectNode()
                .put("linkId", link.linkId())
                .put("scope", link.scope())
                .put("step", link.step())
                .put("label", link.label())
                .put("showsInput", link.showsInput())
                .put("createdAt", StatusDocuments.format(link.createdAt()))
                .put("expiresAt", StatusDocuments.format(link.expiresAt()));
    }

    private StatusDocument submitted(
            String type, Object input, @Nullable String id, @Nullable JsonNode options) {
        if (options != null) {
            String own = id == null ? client.newId() : id;
            return client.submit(own, type, input, submitOptions(options));
        }
        return id == null ? client.submit(type, input) : client.submit(id, type, input);
    }

    private static SubmitOptions submitOptions(JsonNode json) {
        return new SubmitOptions(
                json.has("notBefore") ? Instant.parse(json.get("notBefore").asText()) : null,
                json.has("notAfter") ? Instant.parse(json.get("notAfter").asText()) : null,
                StreamSupport.stream(json.path("tags").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private JsonNode list(JsonNode query) {
        RequestQuery wanted =
                RequestQuery.all()
                        .limit(query.path("limit").asInt(50))
                        .status(
                                StreamSupport.stream(query.path("status").spliterator(), false)
                                        .map(it -> Status.valueOf(it.asText()))
                                        .toArray(Status[]::new))
                        .cursor(query.path("cursor").textValue());
        if (query.has("type")) {
            wanted = wanted.type(query.get("type").asText());
        }
        if (query.has("tag")) {
            wanted = wanted.tag(query.get("tag").asText());
        }
        ListedRequests page = client.list(wanted);
        ObjectNode json = Json.MAPPER.createObjectNode().put("next", page.next());
        page.requests().forEach(it -> json.withArray("requests").add(it.raw()));
        return json;
    }

    private static ObjectNode json(ProblemResponseException problem) {
        return Json.MAPPER
                .createObjectNode()
                .put("error", "problem")
                .put("status", problem.status())
                .put("type", problem.type())
                .put("retryAfter", problem.retryAfter().map(Duration::toMillis).orElse(null))
                .set("errors", Json.MAPPER.valueToTree(problem.errors()));
    }

    @Override
    public Watched watch(String id) {
        var watched = new Watched();
        ended(client.watch(id, new Recorder(watched)), watched);
        return watched;
    }

    @Override
    public Watched watchLink(String url) {
        LinkClient link = LinkClient.open(URI.create(url));
        links.add(link);
        var watched = new Watched();
        try {
            ended(link.watch(new Recorder(watched)), watched);
        } catch (ProblemResponseException refused) {
            new Recorder(watched).refused(refused);
            watched.add(Json.MAPPER.createObjectNode().put("end", true));
        }
        return watched;
    }

    @Override
    public Watched watchAll() {
        var watched = new Watched();
        ended(client.watch(new Recorder(watched)), watched);
        return watched;
    }

    private static void ended(Watch watch, Watched watched) {
        var _ =
                watch.end()
                        .thenRun(
                                () -> watched.add(Json.MAPPER.createObjectNode().put("end", true)));
    }

    private record Recorder(Watched watched) implements RequestListener {

        @Override
        public void changed(StatusDocument document) {
            watched.add(Json.MAPPER.createObjectNode().set("changed", document.raw()));
        }

        @Override
        public void removed(String id) {
            watched.add(Json.MAPPER.createObjectNode().put("removed", id));
        }

        @Override
        public void refused(ProblemResponseException problem) {
            watched.add(Json.MAPPER.createObjectNode().set("refused", json(problem)));
        }
    }

    @Override
    public void close() {
        client.close();
        links.forEach(LinkClient::close);
        calls.shutdown();
    }
}
