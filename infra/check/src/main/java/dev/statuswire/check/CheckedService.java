package dev.statuswire.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Calls the checked service by its base URL. Thread-safe. */
final class CheckedService implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private volatile String token = "";

    /**
     * @param base the URL of the page, with or without a trailing slash
     */
    CheckedService(URI base) {
        String text = base.toString();
        this.base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
    }

    URI base() {
        return base;
    }

    /**
     * Returns whether the URL of the page has a path, as on AWS without CloudFront, on the API's
     * own host.
     */
    boolean isBelowPath() {
        return !base.getRawPath().isEmpty();
    }

    HttpClient http() {
        return http;
    }

    /** Sends this access token with every call from now on. */
    void logIn(String accessToken) {
        token = accessToken;
    }

    CheckedResponse get(String path, String... headers) throws InterruptedException {
        return call("GET", path, "", headers);
    }

    CheckedResponse post(String path) throws InterruptedException {
        return call("POST", path, "");
    }

    CheckedResponse postJson(String path, String body) throws InterruptedException {
        return call("POST", path, body, "Content-Type", "application/json");
    }

    CheckedResponse putJson(String path, String body) throws InterruptedException {
        return call("PUT", path, body, "Content-Type", "application/json");
    }

    /** Makes a call without a token, or with a different token. */
    CheckedResponse getAs(String otherToken, String path) throws InterruptedException {
        return send("GET", path, "", otherToken);
    }

    private CheckedResponse call(String method, String path, String body, String... headers)
            throws InterruptedException {
        return send(method, path, body, token, headers);
    }

    private CheckedResponse send(
            String method, String path, String body, String accessToken, String... headers)
            throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!accessToken.isEmpty()) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        String call = method + " " + path;
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new CheckedResponse(
                    call, response.statusCode(), response.headers(), response.body());
        } catch (IOException failed) {
            throw new CheckFailedException(
                    "expected a response from %s at %s, got none: %s"
                            .formatted(call, base, failed));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
