package dev.statuswire.aws.template;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A proxy between the functions or integrations and the services that they call. It has an address
 * for each caller and records every call. Thread-safe.
 */
public final class CallRecorder implements AutoCloseable {

    /** Headers that belong to one connection or are created again for the next one. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "upgrade",
                    "expect");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, URI> targets = new ConcurrentHashMap<>();
    private final Queue<RecordedCall> calls = new ConcurrentLinkedQueue<>();
    private final LoopbackHttpServer door = new LoopbackHttpServer(this::pass);

    /**
     * A call of an AWS service.
     *
     * @param caller the logical id of the function, or of the role of the integration
     * @param service such as {@code dynamodb}
     * @param action the action if the API names it in a header, such as {@code UpdateItem};
     *     otherwise method and path
     * @param body as it was sent
     */
    public record RecordedCall(String caller, String service, String action, String body) {}

    /**
     * Returns the address at which {@code caller} reaches a service whose real address is {@code
     * target}.
     */
    URI address(String caller, String service, URI target) {
        targets.put(service, target);
        return URI.create(door.uri() + "/" + caller + "/" + service);
    }

    /** Redirects the calls of {@code service} from every caller to {@code target} from now on. */
    void redirect(String service, URI target) {
        targets.put(service, target);
    }

    /** Returns all calls since the last {@link #forget}. */
    public List<RecordedCall> calls() {
        return List.copyOf(calls);
    }

    /** Deletes the recorded calls. */
    void forget() {
        calls.clear();
    }

    private Reply pass(Call call) throws IOException, InterruptedException {
        String[] parts = call.path().split("/", 4);
        String rest = parts.length == 4 ? "/" + parts[3] : "/";
        calls.add(new RecordedCall(parts[1], parts[2], action(call, rest), call.body()));
        var request =
                HttpRequest.newBuilder(URI.create(targets.get(parts[2]) + rest + call.query()))
                        .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().entrySet().stream()
                .filter(it -> !NOT_PASSED_ON.contains(it.getKey().toLowerCase(Locale.ROOT)))
                .forEach(it -> it.getValue().forEach(value -> request.header(it.getKey(), value)));
        HttpResponse<byte[]> answer =
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        var headers = new LinkedHashMap<>(answer.headers().map());
        headers.keySet().removeIf(it -> NOT_PASSED_ON.contains(it.toLowerCase(Locale.ROOT)));
        return new Reply(answer.statusCode(), headers, answer.body());
    }

    private static String action(Call call, String path) {
        return call.header("X-Amz-Target")
                .map(it -> it.replaceFirst(".*\\.", ""))
                .orElse(call.method() + " " + path);
    }

    @Override
    public void close() {
        door.close();
    }
}
