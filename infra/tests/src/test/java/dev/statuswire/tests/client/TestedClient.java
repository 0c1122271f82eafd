package dev.statuswire.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client under test, in any language. An argument or value is JSON, so that the cases do not
 * depend on the language.
 */
interface TestedClient extends AutoCloseable {

    /**
     * Starts a call.
     *
     * @param name {@code submit} (type, input, id or null; optionally options), {@code get}, {@code
     *     cancel}, {@code retry}, {@code delete}, {@code links} (id), {@code answer} (id, step,
     *     answer), {@code list} (query), {@code link} (id, options), {@code revokeLink} (id, id of
     *     the link), {@code linkStatus} (URL) or {@code answerByLink} (URL, step, answer)
     */
    CompletableFuture<Outcome> start(String name, @Nullable Object... arguments);

    /** Calls the client, and returns the outcome. */
    default Outcome call(String name, @Nullable Object... arguments) {
        return start(name, arguments).orTimeout(100, TimeUnit.SECONDS).join();
    }

    /** Calls the client, and returns the value; fails if the outcome is an error. */
    default JsonNode value(String name, @Nullable Object... arguments) {
        return call(name, arguments).value();
    }

    /** Watches one request. */
    Watched watch(String id);

    /** Watches the request of a link. */
    Watched watchLink(String url);

    /** Watches all requests. */
    Watched watchAll();

    @Override
    void close();

    /**
     * The outcome of a call.
     *
     * @param json {@code value}, or {@code error}: {@code problem} with {@code status}, {@code
     *     type}, {@code errors} and {@code retryAfter} in milliseconds, {@code no-response} or
     *     {@code invalid-argument}
     */
    record Outcome(JsonNode json) {

        JsonNode value() {
            if (!json.has("value")) {
                throw new AssertionError(json);
            }
            return json.get("value");
        }

        String error() {
            return json.path("error").asText();
        }

        int status() {
            return json.path("status").asInt();
        }
    }
}
