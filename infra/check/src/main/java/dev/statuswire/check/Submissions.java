package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Submits the requests of the checks. Their ids start with {@link #PREFIX}, so that users can
 * recognize them. Unfinished requests are cancelled at the end.
 */
final class Submissions {

    /** The prefix of the ids. */
    static final String PREFIX = "check-";

    /** The maximum time that a check waits for one request to finish. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Set<String> FINISHED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final CheckedService service;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    Submissions(CheckedService service) {
        this.service = service;
    }

    /** Returns a new, unused id. */
    static String newId() {
        return PREFIX + Long.toString(Instant.now().toEpochMilli(), 36) + "-" + UUID.randomUUID();
    }

    /** Returns the body of a submission, formatted as a browser formats it. */
    static String body(String type, JsonNode input) {
        return "{\"type\":\"" + type + "\",\"input\":" + input + "}";
    }

    /**
     * Submits {@code body} with the id {@code id}. The request is cancelled at the end if it is
     * unfinished, even after an error.
     */
    CheckedResponse put(String id, String body) throws InterruptedException {
        open.add(id);
        return service.putJson("/requests/" + id, body);
    }

    /**
     * Posts {@code body}. If it is accepted, the request is cancelled at the end if it is
     * unfinished.
     */
    CheckedResponse post(String body) throws InterruptedException {
        CheckedResponse response = service.postJson("/requests", body);
        if (response.status() == 202) {
            open.add(response.json().path("id").asText());
        }
        return response;
    }

    /**
     * Returns the status document of {@code id} once it is finished.
     *
     * @throws CheckFailedException if it is not finished in time
     */
    JsonNode finished(String id) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        JsonNode document;
        do {
            document = service.get("/status/" + id).expect(200).json();
            if (isFinished(document)) {
                open.remove(id);
                return document;
            }
            Thread.sleep(BETWEEN_LOOKS);
        } while (System.nanoTime() < end);
        throw new CheckFailedException(
                "expected %s to finish within %d s, but it is %s at version %d"
                        .formatted(
                                id,
                                LONGEST.toSeconds(),
                                document.path("status").asText(),
                                document.path("version").asInt()));
    }

    /** Marks {@code id} as unfinished again, so that it is cancelled at the end. */
    void reopened(String id) {
        open.add(id);
    }

    static boolean isFinished(JsonNode document) {
        return FINISHED.contains(document.path("status").asText());
    }

    /**
     * Returns a description of how a finished request ended.
     *
     * @throws CheckFailedException unless it succeeded, or its type itself declined the input
     */
    static String ended(JsonNode document) {
        String status = document.path("status").asText();
        JsonNode error = document.path("error");
        if (status.equals("FAILED") && !error.path("retryable").asBoolean(true)) {
            return "FAILED, declined by the type itself: " + error.path("code").asText();
        }
        if (!status.equals("SUCCEEDED")) {
            throw new CheckFailedException(
                    "expected %s to be SUCCEEDED, but it is %s %s %s"
                            .formatted(
                                    document.path("id").asText(),
                                    status,
                                    error.path("code").asText(),
                                    error.path("message").asText()));
        }
        return "SUCCEEDED, version " + document.path("version").asInt();
    }

    /** Cancels requests that may be unfinished. Returns the ids that could not be cancelled. */
    List<String> cleanUp() throws InterruptedException {
        var left = new ArrayList<String>();
        for (String id : open) {
            try {
                int status = service.post("/requests/" + id + "/cancel").status();
                // Nothing was stored, or the request has finished meanwhile.
                if (status != 200 && status != 202 && status != 404 && status != 409) {
                    left.add(id);
                }
            } catch (CheckFailedException unreachable) {
                left.add(id);
            }
        }
        return left;
    }
}
