package dev.statuswire.tests.kill;

import static dev.statuswire.core.request.Status.ACCEPTED;
import static dev.statuswire.core.request.Status.CANCELLED;
import static dev.statuswire.core.request.Status.FAILED;
import static dev.statuswire.core.request.Status.RETRYING;
import static dev.statuswire.core.request.Status.RUNNING;
import static dev.statuswire.core.request.Status.SUCCEEDED;
import static dev.statuswire.core.request.Status.WAITING;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.request.Status;
import dev.statuswire.tests.process.SingleEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;

/** Checks the observed versions of one request against each other. Pure. */
final class History {

    private final SubmittedRequest submitted;
    private final NavigableMap<Long, JsonNode> versions;
    private final List<String> faults = new ArrayList<>();

    private History(SubmittedRequest submitted, NavigableMap<Long, JsonNode> versions) {
        this.submitted = submitted;
        this.versions = versions;
    }

    /** Returns the errors in these versions. */
    static List<String> faults(SubmittedRequest submitted, NavigableMap<Long, JsonNode> versions) {
        var history = new History(submitted, versions);
        history.everyChangeIsATransition();
        history.finishedStaysUnlessRetried();
        history.nothingIsCancelledUnasked();
        history.committedStepsStay();
        return history.faults;
    }

    private void everyChangeIsATransition() {
        versions.forEach(
                (version, document) -> {
                    JsonNode next = versions.get(version + 1);
                    if (next != null
                            && !after(status(document)).contains(status(next))
                            && !isFinishedUnclaimed(document, next)) {
                        fault("no transition leads from " + document + " to " + next);
                    }
                });
    }

    /** Returns the statuses that may follow {@code before}, by the table of transitions. */
    private static Set<Status> after(Status before) {
        return switch (before) {
            case SCHEDULED, RETRYING, WAITING -> Set.of(ACCEPTED, FAILED, CANCELLED);
            case ACCEPTED -> Set.of(ACCEPTED, RUNNING, FAILED, CANCELLED);
            case RUNNING ->
                    Set.of(ACCEPTED, RUNNING, RETRYING, WAITING, SUCCEEDED, FAILED, CANCELLED);
            case SUCCEEDED -> Set.of();
            case FAILED, CANCELLED -> Set.of(ACCEPTED);
            case UNKNOWN -> throw new IllegalArgumentException("not a status of this release");
        };
    }

    /** A new quick request of one step may finish without a claim. */
    private boolean isFinishedUnclaimed(JsonNode document, JsonNode next) {
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
                .forEach(document -> fault("it changed after it had succeeded: " + document));
        if (left.size() > submitted.retries()) {
            fault("it was retried " + submitted.retries() + " times but changed after " + left);
        }
    }

    private void nothingIsCancelledUnasked() {
        if (!submitted.mayBeCancelled()) {
            versions.values().stream()
                    .filter(it -> status(it) == CANCELLED || it.get("cancelRequested").asBoolean())
                    .forEach(document -> fault("no client cancelled it: " + document));
        }
    }

    /** The steps of a trip run again if its user retries it after they were undone. */
    private void committedStepsStay() {
        if (submitted.type().equals(Trips.NAME)) {
            return;
        }
        var committed = new HashMap<String, JsonNode>();
        for (JsonNode document : versions.values()) {
            for (JsonNode step : document.get("steps")) {
                String name = step.get("name").asText();
                JsonNode before = committed.get(name);
                if (before != null && !before.equals(step)) {
                    fault("the finished step " + before + " changed in " + document);
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
