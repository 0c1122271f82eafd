package dev.statuswire.tests.kill;

import static dev.statuswire.core.request.Status.ACCEPTED;
import static dev.statuswire.core.request.Status.CANCELLED;
import static dev.statuswire.core.request.Status.FAILED;
import static dev.statuswire.core.request.Status.RETRYING;
import static dev.statuswire.core.request.Status.RUNNING;
import static dev.statuswire.core.request.Status.SUCCEEDED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.request.Status;
import dev.statuswire.tests.process.SingleEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;

/** What the versions that were seen of one request must have in common. Pure. */
final class History {

    private final Submitted submitted;
    private final NavigableMap<Long, JsonNode> versions;
    private final List<String> faults = new ArrayList<>();

    private History(Submitted submitted, NavigableMap<Long, JsonNode> versions) {
        this.submitted = submitted;
        this.versions = versions;
    }

    /** What is wrong with these versions. */
    static List<String> faults(Submitted submitted, NavigableMap<Long, JsonNode> versions) {
        var history = new History(submitted, versions);
        history.everyMoveIsATransition();
        history.finishedStaysUnlessRetried();
        history.nothingIsCancelledByItself();
        history.committedStepsStay();
        return history.faults;
    }

    private void everyMoveIsATransition() {
        versions.forEach(
                (version, document) -> {
                    JsonNode next = versions.get(version + 1);
                    if (next != null
                            && !after(status(document)).contains(status(next))
                            && !isDoneAtOnce(document, next)) {
                        fault("no transition goes from " + document + " to " + next);
                    }
                });
    }

    /** The table of transitions, by the status before each. */
    private static Set<Status> after(Status before) {
        return switch (before) {
            case ACCEPTED -> Set.of(ACCEPTED, RUNNING, FAILED, CANCELLED);
            case RUNNING -> Set.of(ACCEPTED, RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED);
            case RETRYING -> Set.of(ACCEPTED, FAILED, CANCELLED);
            case SUCCEEDED -> Set.of();
            case FAILED, CANCELLED -> Set.of(ACCEPTED);
            case UNKNOWN -> throw new IllegalArgumentException("not a status of this release");
        };
    }

    /** A quick request of one step needs no claim, if nothing has happened to it before. */
    private boolean isDoneAtOnce(JsonNode document, JsonNode next) {
        return submitted.type().equals(SingleEffect.NAME)
                && document.get("version").asLong() == 1
                && status(next) == SUCCEEDED;
    }

    private void finishedStaysUnlessRetried() {
        List<JsonNode> left =
                versions.headMap(versions.lastKey()).values().stream()
                        .filter(document -> status(document).finished())
                        .toList();
        left.stream()
                .filter(document -> status(document) == SUCCEEDED)
                .forEach(document -> fault("it had succeeded: " + document));
        if (left.size() > submitted.retries()) {
            fault("it was retried " + submitted.retries() + " times and left " + left);
        }
    }

    private void nothingIsCancelledByItself() {
        if (!submitted.mayBeCancelled()) {
            versions.values().stream()
                    .filter(it -> status(it) == CANCELLED || it.get("cancelRequested").asBoolean())
                    .forEach(document -> fault("nobody cancelled it: " + document));
        }
    }

    private void committedStepsStay() {
        var committed = new HashMap<String, JsonNode>();
        for (JsonNode document : versions.values()) {
            for (JsonNode step : document.get("steps")) {
                String name = step.get("name").asText();
                JsonNode before = committed.get(name);
                if (before != null && !before.equals(step)) {
                    fault("the finished step " + before + " became another in " + document);
                }
                if (step.has("output")) {
                    committed.put(name, step);
                }
            }
        }
    }

    private static Status status(JsonNode document) {
        return Status.valueOf(document.get("status").asText());
    }

    private void fault(String what) {
        faults.add(submitted.id() + ": " + what);
    }
}
