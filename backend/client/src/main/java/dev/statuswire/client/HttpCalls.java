package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP calls, without retries. A call fails with a {@link ProblemResponseException} if the
 * server refuses it, and with a {@link NoResponseException} if there is no readable response within
 * 10 s or the client is closed. Thread-safe.
 */
final class HttpCalls {

    private static final int RESPONSE_SECONDS = 10;
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_ERROR = 300;

    /** The ids that a client may choose: those that sort by time, and those without a tilde. */
    private static final Pattern OWN_ID = Pattern.compile("[\\w-]{8,64}|~[0-9a-f-]{36}");

    /** All valid ids, including those that other programs chose. */
    private static final Pattern ANY_ID = Pattern.compile("~?[\\w-]{8,64}");

    private static final Pattern LINK_ID = Pattern.compile("[\\w-]{43}");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    /** The type of the problem that the server responds with if a link is not valid. */
    static final String LINK_NOT_VALID = "/problems/link-not-valid";

    private static final int NOT_FOUND = 404;

    /** The start of a path that contains the secret of a link. */
    private static final Pattern SECRET = Pattern.compile("^/links/[^/]+");

    private final String server;
    private final @Nullable String link;
    private final HttpClient http;
    private final @Nullable Supplier<String> token;
    private final Executor executor;

    /** Cancels the pending calls. */
    private final Set<Runnable> pending = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * One call.
     *
     * @param etag the ETag of the document that the caller has; null reads unconditionally
     * @param reader reads the response if it is a success; an IllegalArgumentException means that
     *     it is unreadable
     */
    record Call<T>(
            String method,
            String path,
            @Nullable String body,
            @Nullable String etag,
            Function<HttpResponse<String>, T> reader) {}

    /**
     * The response to a read of one status.
     *
     * @param document null if the document still has the ETag that was sent
     * @param etag null if the response has none
     */
    record StatusResponse(@Nullable StatusDocument document, @Nullable String etag) {}

    /**
     * @param link the secret of the link with which the status, the answer and the tickets of a
     *     request are called; null if they are called by the owner
     * @param executor runs the token supplier of calls that do not block
     */
    HttpCalls(
            URI server,
            @Nullable String link,
            HttpClient http,
            @Nullable Supplier<String> token,
            Executor executor) {
        this.server = server.toString().replaceAll("/+$", "");
        this.link = link;
        this.http = http;
        this.token = token;
        this.executor = executor;
    }

    static String checkOwnId(String id) {
        return check(id, "id", OWN_ID);
    }

    static String checkId(String id) {
        return check(id, "id", ANY_ID);
    }

    static String checkLinkId(String linkId) {
        return check(linkId, "linkId", LINK_ID);
    }

    static String checkType(String type) {
        return check(type, "type", TYPE);
    }

    static String checkTag(String tag) {
        return check(tag, "tag", TAG);
    }

    private static String check(String text, String name, Pattern pattern) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must match " + pattern);
        }
        return text;
    }

    /**
     * @param content the type, the options and the input, as JSON
     */
    static Call<StatusDocument> submit(String id, String content) {
        return new Call<>("PUT", "/requests/" + id, content, null, HttpCalls::document);
    }

    /**
     * @param content the step and the answer, as JSON
     */
    Call<StatusDocument> answer(String id, String content) {
        String path = link == null ? "/requests/" + id + "/answer" : "/links/" + link + "/answer";
        return new Call<>("POST", path, content, null, HttpCalls::document);
    }

    static Call<StatusDocument> cancel(String id) {
        return new Call<>("POST", "/requests/" + id + "/cancel", null, null, HttpCalls::document);
    }

    static Call<StatusDocument> retry(String id) {
        return new Call<>("POST", "/requests/" + id + "/retry", null, null, HttpCalls::document);
    }

    /** The response is the HTTP status, because there is no body. */
    static Call<Integer> delete(String id) {
        return new Call<>("DELETE", "/requests/" + id, null, null, HttpResponse::statusCode);
    }

    /**
     * @param content the options, as JSON
     */
    static Call<CreatedLink> createLink(String id, String content) {
        return new Call<>(
                "POST",
                "/requests/" + id + "/links",
                content,
                null,
                response -> CreatedLink.of(ClientJson.read(response.body())));
    }

    static Call<List<Link>> links(String id) {
        return new Call<>(
                "GET",
                "/requests/" + id + "/links",
                null,
                null,
                response -> Link.listOf(ClientJson.read(response.body())));
    }

    /** The response is the HTTP status, because there is no body. */
    static Call<Integer> revokeLink(String id, String linkId) {
        return new Call<>(
                "DELETE",
                "/requests/" + id + "/links/" + linkId,
                null,
                null,
                HttpResponse::statusCode);
    }

    Call<StatusResponse> status(String id, @Nullable String etag) {
        return new Call<>(
                "GET",
                link == null ? "/status/" + id : "/links/" + link + "/status",
                null,
                etag,
                response ->
                        new StatusResponse(
                                response.statusCode() == NOT_MODIFIED ? null : document(response),
                                response.headers().firstValue("ETag").orElse(null)));
    }

    static Call<ListedRequests> list(RequestQuery query) {
        List<String> parameters = new ArrayList<>();
        addFilter(parameters, "status", query.statuses().stream().map(Enum::name).toList());
        addFilter(parameters, "type", query.types());
        addFilter(parameters, "tag", query.tags());
        parameters.add("limit=" + query.limit());
        if (query.cursor() != null) {
            parameters.add("cursor=" + encoded(query.cursor()));
        }
        return new Call<>(
                "GET",
                "/requests?" + String.join("&", parameters),
                null,
                null,
                response -> ListedRequests.of(ClientJson.read(response.body())));
    }

    private static void addFilter(List<String> parameters, String name, List<String> values) {
        if (!values.isEmpty()) {
            parameters.add(name + "=" + encoded(String.join(",", values)));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The response is the URL of a socket; it contains the ticket. */
    Call<String> ticket() {
        return new Call<>(
                "POST",
                link == null ? "/live/tickets" : "/links/" + link + "/tickets",
                null,
                null,
                response -> ClientJson.read(response.body()).path("url").asText());
    }

    private static StatusDocument document(HttpResponse<String> response) {
        return StatusDocument.of(ClientJson.read(response.body()));
    }

    /** Returns whether the server is called over TLS. */
    boolean isSecure() {
        return isSecure(server);
    }

    static boolean isSecure(String url) {
        return url.regionMatches(true, 0, "https:", 0, "https:".length());
    }

    /** Carries out a call. Blocks until its response arrives; interrupting the thread ends it. */
    <T> T call(Call<T> call) {
        try {
            return read(call, exchange(call, bearer()).get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoResponseException(
                    "The thread was interrupted: " + named(call), interrupted);
        } catch (ExecutionException failed) {
            throw noResponse(call, failed.getCause());
        }
    }

    /** Starts a call. The future fails with one of the two exceptions. */
    <T> CompletableFuture<T> start(Call<T> call) {
        return CompletableFuture.supplyAsync(this::bearer, executor)
                .thenCompose(
                        bearer ->
                                exchange(call, bearer)
                                        .handle(
                                                (response, failed) -> {
                                                    if (failed != null) {
                                                        throw noResponse(call, failed);
                                                    }
                                                    return read(call, response);
                                                }));
    }

    private CompletableFuture<HttpResponse<String>> exchange(
            Call<?> call, @Nullable String bearer) {
        CompletableFuture<HttpResponse<String>> exchange =
                http.sendAsync(request(call, bearer), BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> limited =
                exchange.copy().orTimeout(RESPONSE_SECONDS, TimeUnit.SECONDS);
        Runnable cancel = () -> limited.cancel(true);
        pending.add(cancel);
        if (closed) {
            cancel.run();
        }
        return limited.whenComplete(
                (response, failed) -> {
                    pending.remove(cancel);
                    exchange.cancel(true);
                });
    }

    private HttpRequest request(Call<?> call, @Nullable String bearer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + call.path()))
                        .header("Accept", "application/json, application/problem+json");
        if (call.body() == null) {
            request.method(call.method(), BodyPublishers.noBody());
        } else {
            request.method(call.method(), BodyPublishers.ofString(call.body()));
            request.header("Content-Type", "application/json");
        }
        if (call.etag() != null) {
            request.header("If-None-Match", call.etag());
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (!isSecure()) {
            // Without TLS, the JDK would ask for an upgrade to HTTP/2 with each call.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        return request.build();
    }

    private @Nullable String bearer() {
        if (token == null) {
            return null;
        }
        String bearer;
        try {
            bearer = token.get();
        } catch (RuntimeException failed) {
            throw new NoResponseException(
                    "Could not get an access token; nothing was sent", failed);
        }
        if (bearer == null || !TOKEN.matcher(bearer).matches()) {
            throw new IllegalArgumentException("the access token must be ASCII without spaces");
        }
        return bearer;
    }

    private static <T> T read(Call<T> call, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= FIRST_ERROR && !(status == NOT_MODIFIED && call.etag() != null)) {
            throw problem(response);
        }
        try {
            return call.reader().apply(response);
        } catch (IllegalArgumentException unreadable) {
            throw new NoResponseException("The response is unreadable: " + named(call), unreadable);
        }
    }

    private static ProblemResponseException problem(HttpResponse<String> response) {
        Duration retryAfter =
                response.headers()
                        .firstValue("Retry-After")
                        .map(it -> RetryTimes.retryAfter(it, InstantSource.system().instant()))
                        .orElse(null);
        return new ProblemResponseException(
                ProblemResponseException.Problem.of(response.statusCode(), bodyOf(response)),
                retryAfter);
    }

    /** The body of an error may be anything, for example a proxy's HTML. */
    private static JsonNode bodyOf(HttpResponse<String> response) {
        try {
            return ClientJson.read(response.body());
        } catch (IllegalArgumentException notJson) {
            return ClientJson.mapper().nullNode();
        }
    }

    private NoResponseException noResponse(Call<?> call, @Nullable Throwable cause) {
        String why = closed ? "The client is closed" : "The server did not respond";
        return new NoResponseException(why + ": " + named(call), cause);
    }

    /** Returns the name of a call for messages, without the secret of a link. */
    private static String named(Call<?> call) {
        return call.method() + " " + SECRET.matcher(call.path()).replaceFirst("/links/-");
    }

    /** Returns whether the calls are made with a link. */
    boolean isByLink() {
        return link != null;
    }

    /**
     * Returns whether the same call may succeed later. Any 404 to a call with a link, except that
     * the link is not valid, is that of a server which does not know links, such as an older
     * release during a deployment.
     */
    boolean isTransient(ProblemResponseException problem) {
        return problem.isTransient()
                || (isByLink()
                        && problem.status() == NOT_FOUND
                        && !problem.type().equals(LINK_NOT_VALID));
    }

    /** Ends all pending calls, and refuses later ones. */
    void close() {
        closed = true;
        pending.forEach(Runnable::run);
    }

    boolean isClosed() {
        return closed;
    }
}
