package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Calls a server and checks every response, usually against the contract. Thread-safe. */
public final class ApiClient {

    private static final AtomicLong LAST_ID = new AtomicLong();

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    private static final String OWNER = "X-Test-Owner";

    private final int port;
    private final Check check;
    private final @Nullable String owner;

    /** Checks a response to a call of this method and path, which has no query. */
    @FunctionalInterface
    public interface Check {
        void check(String method, String path, Answer answer);
    }

    /** Creates a client that checks every response against the contract. */
    public ApiClient(int port) {
        this(port, Contract::answer);
    }

    /** Creates a client for the server at {@code port} of this machine. */
    public ApiClient(int port, Check check) {
        this(port, check, null);
    }

    private ApiClient(int port, Check check, @Nullable String owner) {
        this.port = port;
        this.check = check;
        this.owner = owner;
    }

    /** Returns a client that checks no response, for measurements. */
    public static ApiClient unchecked(int port) {
        return new ApiClient(port, (method, path, answer) -> {});
    }

    /** Returns a client with another owner, for a server that uses {@link #ownerOf}. */
    public ApiClient as(String otherOwner) {
        return new ApiClient(port, check, URLEncoder.encode(otherOwner, StandardCharsets.UTF_8));
    }

    /** Returns the owner of a call: {@code local}, unless the client was created by {@link #as}. */
    public static String ownerOf(Context call) {
        return ownerOf(call.header(OWNER));
    }

    /** Returns the owner that the value of the header {@code X-Test-Owner} names. */
    public static String ownerOf(@Nullable String header) {
        return header == null ? "local" : URLDecoder.decode(header, StandardCharsets.UTF_8);
    }

    /** Returns a new id: a UUIDv7, so that later requests are listed first. */
    public static String newId() {
        long millis =
                LAST_ID.accumulateAndGet(
                        System.currentTimeMillis(), (last, now) -> Math.max(last + 1, now));
        String random = UUID.randomUUID().toString().substring("xxxxxxxx-xxxx-4".length());
        return "%08x-%04x-7%s".formatted(millis >>> 16, millis & 0xffff, random);
    }

    /** Returns the port of the server. */
    public int port() {
        return port;
    }

    /** Returns a new ticket for one live socket. */
    public String ticket() {
        return post("/live/tickets").json().get("ticket").asText();
    }

    /** Reads all pages of the list, and returns the status documents of all requests. */
    public List<JsonNode> requests() {
        var all = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = get("/requests?limit=100" + cursor).json();
            page.get("requests").forEach(all::add);
            JsonNode next = page.get("next");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        return all;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, String... headers) {
        return send("POST", path, null, headers);
    }

    /** Sends a POST whose body has the media type of JSON. */
    public Answer postJson(String path, String body, String... headers) {
        return sendJson("POST", path, body, headers);
    }

    /** Sends a PUT whose body has the media type of JSON. */
    public Answer putJson(String path, String body, String... headers) {
        return sendJson("PUT", path, body, headers);
    }

    private Answer sendJson(String method, String path, String body, String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), all);
    }

    /** Sends a request with any method and body. */
    public Answer send(String method, String path, byte @Nullable [] body, String... headers) {
        var publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body);
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (owner != null) {
            request.header(OWNER, owner);
        }
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var answer = new Answer(response.statusCode(), response.headers(), response.body());
            check.check(method, path.replaceAll("\\?.*", ""), answer);
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }
}
