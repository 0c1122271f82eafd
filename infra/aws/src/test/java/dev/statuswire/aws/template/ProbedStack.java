package dev.statuswire.aws.template;

import dev.statuswire.api.testing.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A running stack for a probe.
 *
 * @param patience how long to wait before a wait fails
 */
record ProbedStack(RunningStack stack, Duration patience) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Returns a client of the REST API, which is logged in. */
    ApiClient client() {
        return new ApiClient(stack.port());
    }

    /** Makes a call through CloudFront without a token. */
    HttpResponse<String> page(String method, String path) throws IOException, InterruptedException {
        return send(method, path, null);
    }

    /** Makes a call through CloudFront as a logged-in user. */
    HttpResponse<String> page(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, path, body);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        var publisher =
                body == null || body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        var request =
                HttpRequest.newBuilder(URI.create(stack.page() + path)).method(method, publisher);
        if (body != null) {
            request.header("Authorization", "Bearer " + stack.issuer().accessToken("local"))
                    .header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Waits until {@code condition} is true.
     *
     * @throws AssertionError if the patience is exceeded
     */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("timed out waiting until: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * Returns the logical id of the first caller that wrote something with this text to the
     * database.
     */
    String writerOf(String text) {
        return stack.calls().stream()
                .filter(it -> it.service().equals("dynamodb"))
                .filter(it -> it.action().equals("UpdateItem") || it.action().startsWith("Put"))
                .filter(it -> it.body().contains(text))
                .map(CallRecorder.RecordedCall::caller)
                .findFirst()
                .orElse("");
    }

    String table(String idPrefix) {
        return stack.table(idPrefix);
    }

    void fireSchedules() throws IOException, InterruptedException {
        stack.fireSchedules();
    }
}
