package dev.statuswire.core.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.type.RequestTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the status document of a request: the same in answers, lists and pushes. The contract is
 * {@code openapi.yaml}, schema {@code StatusDocument}. Immutable and thread-safe.
 */
public final class StatusDocuments {

    private final RequestTypes types;

    /**
     * @param types whose steps are shown of a request that nobody has claimed yet
     */
    public StatusDocuments(RequestTypes types) {
        this.types = types;
    }

    /** The whole document. */
    public ObjectNode of(Request request) {
        return of(request, json(request.input()));
    }

    /**
     * The whole document of a request that a front door has just stored. So its input is JSON, and
     * is written into the document as it stands.
     */
    public ObjectNode ofCreated(Request request) {
        return of(
                request, Json.MAPPER.getNodeFactory().rawValueNode(new RawValue(request.input())));
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
        document.set("progress", progress(request.progress()));
        var steps = document.putArray("steps");
        stepsOf(request).forEach(step -> steps.add(step(request, step)));
        document.set("result", request.result() == null ? null : json(request.result()));
        document.set("error", error(request.error()));
        document.put("cancelRequested", request.cancelRequested());
        document.put("createdAt", format(request.createdAt()));
        document.put("updatedAt", format(request.updatedAt()));
        document.set("links", links(request));
        return document;
    }

    /**
     * The same without what may be large: no {@code input}, no {@code result}, no outputs, and
     * {@code "partial":true}, so that its reader fetches the whole one.
     *
     * @param document changed in place
     */
    public static ObjectNode partial(ObjectNode document) {
        document.remove(List.of("input", "result"));
        document.withArray("steps").forEach(step -> ((ObjectNode) step).remove("output"));
        return document.put("partial", true);
    }

    /** A time as documents have it; null stays null. */
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
        StepStatus status = shownStatus(request.status(), step.status());
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
     * A write that takes a request from its worker does not know which step was under way, so what
     * is stored of that step is shown by what the request is now.
     */
    private static StepStatus shownStatus(Status request, StepStatus stored) {
        return switch (stored) {
            case PENDING, SUCCEEDED, CANCELLED, UNKNOWN -> stored;
            case RUNNING ->
                    switch (request) {
                        case RUNNING, UNKNOWN -> StepStatus.RUNNING;
                        case CANCELLED -> StepStatus.CANCELLED;
                        case FAILED -> StepStatus.FAILED;
                        case ACCEPTED, RETRYING, SUCCEEDED -> StepStatus.PENDING;
                    };
            case FAILED -> request == Status.ACCEPTED ? StepStatus.PENDING : StepStatus.FAILED;
        };
    }

    private static @Nullable ObjectNode progress(@Nullable Progress progress) {
        return progress == null
                ? null
                : Json.MAPPER
                        .createObjectNode()
                        .put("percent", progress.percent())
                        .put("message", progress.message());
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
                .put("cancel", request.isCancellable() ? "/requests/" + id + "/cancel" : null)
                .put("retry", request.isRetryable() ? "/requests/" + id + "/retry" : null);
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Items that others wrote may hold anything; what is not JSON is shown as the text it is. */
    private static JsonNode json(String text) {
        return Json.parse(text).orElseGet(() -> TextNode.valueOf(text));
    }
}
