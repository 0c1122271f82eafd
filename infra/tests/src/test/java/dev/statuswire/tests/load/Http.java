package dev.statuswire.tests.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/** Calls the API; what is not answered as expected fails. Thread-safe. */
final class Http {

    private static final int TRIES = 3;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final URI page;

    Http(URI page) {
        this.page = page;
    }

    int port() {
        return page.getPort();
    }

    String ticket() {
        return Json.parse(call("/live/tickets", "POST", "", Set.of(201)))
                .orElseThrow()
                .get("ticket")
                .asText();
    }

    void submit(String id, String type, String input) {
        String body = "{\"type\":\"%s\",\"input\":%s}".formatted(type, input);
        var _ = call("/requests/" + id, "PUT", body, Set.of(200, 202));
    }

    String metrics() {
        return call("/metrics", "GET", "", Set.of(200));
    }

    /** Every request there is. */
    List<JsonNode> list() {
        var all = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode part =
                    Json.parse(call("/requests?limit=100" + cursor, "GET", "", Set.of(200)))
                            .orElseThrow();
            part.get("requests").forEach(all::add);
            JsonNode next = part.get("next");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        return all;
    }

    private String call(String path, String method, String body, Set<Integer> expected) {
        var request =
                HttpRequest.newBuilder(page.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return call(request, expected, TRIES);
    }

    /** Any of our calls can be made again: a kept connection may end just as it is used. */
    private String call(HttpRequest request, Set<Integer> expected, int tries) {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (expected.contains(answer.statusCode())) {
                return answer.body();
            }
            throw new IllegalStateException(request + " was answered " + answer.statusCode());
        } catch (IOException broken) {
            if (tries == 1) {
                throw new IllegalStateException(broken);
            }
            return call(request, expected, tries - 1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
