package dev.statuswire.core.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkOptions;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.type.RequestTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates the status document of a request, which is the same in responses, lists and pushes. The
 * contract is the schema {@code StatusDocument} in {@code openapi.yaml}. Immutable and thread-safe.
 */
public final class StatusDocuments {

    private final RequestTypes types;

    /**
     * Creates the documents of requests of these types.
     *
     * @param types provides the steps to show for a request that no worker has claimed yet
     */
    public StatusDocuments(RequestTypes types) {
        this.types = types;
    }

    /** Returns the full document of a request. */
    public ObjectNode of(Request request) {
        return of(request, json(request.input()));
    }

    /**
     * Returns the full document of a request that a front door has just stored. Its input is
     * therefore JSON, and is copied into the document without being parsed.
     */
    public ObjectNode ofCreated(Request request) {
        return of(
                request, Json.MAPPER.getNodeFactory().rawValueNode(new RawValue(request.input())));
    }

    /**
     * Returns the document of a request as seen through a link. It has no input unless the link
     * shows it, and only the links of the link itself.
     *
     * @param secret the secret of the link
     */
    public ObjectNode through(Link link, String secret, Request request) {
        ObjectNode document = of(request);
        LinkOptions options = link.options();
        if (!options.showsInput()) {
            document.remove("input");
        }
        boolean isAnswerable = request.stepToAnswer().filter(options::allowsAnswer).isPresent();
        String path = "/links/" + secret;
        document.putObject("links")
                .put("self", path + "/status")
                .put("answer", isAnswerable ? path + "/answer" : null)
                .put("tickets", path + "/tickets");
        document.putObject("link")
                .put("scope", options.scope().label())
                .put("step", options.step())
                .put("expiresAt", format(options.expiresAt()));
        return document;
    }

    private ObjectNode of(Request request, JsonNode input) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("id", request.key().id());
        document.put("life", request.life());
        document.put("type", request.type());
        document.put("status", request.statusText());
        document.put("version", request.version());
        document.put("attempt", request.attempt());
        document.set("input", input);
        OptionMembers.write(request.options(), document);
        document.set("waiting", waiting(request));
        document.set("progress", progress(request.progress()));
        var steps = document.putArray("steps");
        stepsOf(request).forEach(step -> steps.add(step(request, step)));
        document.set("result", request.result() == null ? null : json(request.result()));
        document.set("error", error(request.error()));
        document.set("undoing", undoing(request.undoing()));
        document.put("cancelRequested", request.cancelRequested());
        var history = document.putArray("history");
        request.history().forEach(entry -> history.add(entry(entry)));
        document.put("createdAt", format(request.createdAt()));
        document.put("updatedAt", format(request.updatedAt()));
        document.set("links", links(request));
        return document;
    }

    /**
     * Removes the parts that may be large: {@code input}, {@code result}, {@code history} and the
     * outputs. Adds {@code "partial":true}, so that the reader fetches the full document.
     *
     * @param document changed in place
     * @return the same object
     */
    public static ObjectNode partial(ObjectNode document) {
        document.remove(List.of("input", "result", "history"));
        document.withArray("steps").forEach(step -> ((ObjectNode) step).remove("output"));
        return document.put("partial", true);
    }

    /** Formats a time as in documents; null stays null. */
    public static @Nullable String format(@Nullable Instant time) {
        return time == null ? null : Item.format(time);
    }

    private List<StepState> stepsOf(Request request) {
        return request.steps().isEmpty()
                ? types.stepsOf(request.type()).stream().map(StepState::pending).toList()
                : request.steps();
    }

    private static ObjectNode step(Request request, StepState step) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        StepStatus status = shownStatus(request, step.status());
        shown.put("name", step.name());
        shown.put("status", status == StepStatus.UNKNOWN ? step.statusText() : status.name());
        if (status == StepStatus.PENDING) {
            return shown;
        }
        putIfPresent(shown, "startedAt", format(step.startedAt()));
        putIfPresent(shown, "endedAt", format(step.endedAt()));
        if (step.output() != null) {
            shown.set("output", json(step.output()));
        }
        if (step.error() != null) {
            shown.set("error", error(step.error()));
        }
        return shown;
    }

    /**
     * Returns the status of a step to show. A write that takes a request from its worker does not
     * know which step was running, so the stored status of that step is adapted to the request's
     * current status.
     */
    private static StepStatus shownStatus(Request request, StepStatus stored) {
        boolean wasStopped = stored == StepStatus.RUNNING || stored == StepStatus.WAITING;
        if (request.undoing() != null && (wasStopped || stored == StepStatus.FAILED)) {
            boolean isCancelled = wasStopped && request.undoing().outcome() == Status.CANCELLED;
            return isCancelled ? StepStatus.CANCELLED : StepStatus.FAILED;
        }
        return shownStatus(request.status(), stored);
    }

    private static StepStatus shownStatus(Status request, StepStatus stored) {
        return switch (stored) {
            case PENDING, SUCCEEDED, UNDONE, CANCELLED, UNKNOWN -> stored;
            case WAITING ->
                    switch (request) {
                        case WAITING, UNKNOWN -> StepStatus.WAITING;
                        case CANCELLED -> StepStatus.CANCELLED;
                        case SCHEDULED, ACCEPTED, RUNNING, RETRYING, SUCCEEDED, FAILED ->
                                StepStatus.PENDING;
                    };
            case RUNNING ->
                    switch (request) {
                        case RUNNING, UNKNOWN -> StepStatus.RUNNING;
                        case CANCELLED -> StepStatus.CANCELLED;
                        case FAILED -> StepStatus.FAILED;
                        case SCHEDULED, ACCEPTED, RETRYING, WAITING, SUCCEEDED ->
                                StepStatus.PENDING;
                    };
            case FAILED -> request == Status.ACCEPTED ? StepStatus.PENDING : StepStatus.FAILED;
        };
    }

    private static ObjectNode entry(HistoryEntry entry) {
        ObjectNode shown =
                Json.MAPPER
                        .createObjectNode()
                        .put("version", entry.version())
                        .put("at", format(entry.at()))
                        .put("event", entry.event())
                        .put("by", entry.by());
        putIfPresent(shown, "code", entry.code());
        return shown;
    }

    /** Returns why the request is not being worked on; null if it is, or if it is finished. */
    private static @Nullable ObjectNode waiting(Request request) {
        Wait wait = request.waitingFor();
        String reason =
                switch (request.status()) {
                    case SCHEDULED -> "schedule";
                    case ACCEPTED -> "queue";
                    case RETRYING -> "backoff";
                    case WAITING -> wait == null || !wait.isForAnswer() ? "time" : "answer";
                    case RUNNING, SUCCEEDED, FAILED, CANCELLED, UNKNOWN -> null;
                };
        if (reason == null) {
            return null;
        }
        ObjectNode shown = Json.MAPPER.createObjectNode().put("reason", reason);
        putIfPresent(shown, "since", format(waitingSince(request)));
        putIfPresent(shown, "until", format(request.waitsUntil().orElse(null)));
        if (request.status() == Status.WAITING && wait != null) {
            shown.put("step", wait.step());
            putIfPresent(shown, "prompt", wait.prompt());
        }
        return shown;
    }

    private static @Nullable Instant waitingSince(Request request) {
        List<HistoryEntry> history = request.history();
        return history.isEmpty() ? request.updatedAt() : history.get(history.size() - 1).at();
    }

    private static @Nullable ObjectNode progress(@Nullable Progress progress) {
        return progress == null
                ? null
                : Json.MAPPER
                        .createObjectNode()
                        .put("percent", progress.percent())
                        .put("message", progress.message());
    }

    private static @Nullable ObjectNode undoing(@Nullable Undoing undoing) {
        if (undoing == null) {
            return null;
        }
        ObjectNode shown = Json.MAPPER.createObjectNode().put("outcome", undoing.outcome().name());
        shown.set("error", error(undoing.error()));
        return shown;
    }

    private static @Nullable ObjectNode error(@Nullable RequestError error) {
        return error == null
                ? null
                : Json.MAPPER
                        .createObjectNode()
                        .put("code", error.code())
                        .put("message", error.message())
                        .put("step", error.step())
                        .put("retryable", error.retryable());
    }

    private static ObjectNode links(Request request) {
        String id = request.key().id();
        return Json.MAPPER
                .createObjectNode()
                .put("self", "/status/" + id)
                .put("answer", request.isAnswerable() ? "/requests/" + id + "/answer" : null)
                .put("cancel", request.isCancellable() ? "/requests/" + id + "/cancel" : null)
                .put("delete", request.isDeletable() ? "/requests/" + id : null)
                .put("retry", request.isRetryable() ? "/requests/" + id + "/retry" : null);
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /**
     * Parses a stored text. Items that other programs wrote may contain anything; a text that is
     * not JSON is shown as a string.
     */
    private static JsonNode json(String text) {
        return Json.parse(text).orElseGet(() -> TextNode.valueOf(text));
    }
}
