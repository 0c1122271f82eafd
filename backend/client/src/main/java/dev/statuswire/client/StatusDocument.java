package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The state of one request, as the server sent it. The JSON values belong to this object, so do not
 * modify them.
 *
 * @param id the id of the request
 * @param life identifies the request among all that ever used its id; null if another program wrote
 *     the request and no worker has claimed it yet
 * @param type the name of the request type
 * @param status the status; {@link Status#UNKNOWN} if this release of the client does not know it
 * @param statusText the status as the server sent it
 * @param version 1, 2, 3 …: increases by one with every change, and orders the documents of one
 *     life
 * @param attempt how often the request was started since it was accepted or retried, or since its
 *     last step was finished
 * @param failures how often a step failed transiently since then
 * @param notBefore when to start the request at the earliest, as submitted; null if it was not set,
 *     and from a server of an older release
 * @param notAfter when to start the request at the latest, as submitted; null if it was not set,
 *     and from a server of an older release
 * @param tags the tags, as submitted; empty if there are none, and from a server of an older
 *     release
 * @param waiting why no worker works on the request; null while a worker has the request, once it
 *     is finished, and from a server of an older release
 * @param input the input; its numbers keep their digits. A missing node if the document was read
 *     with a link that does not show the input
 * @param progress the progress; null if the request has reported none
 * @param steps the steps, in order
 * @param result the output of the last step; a JSON null unless the request succeeded
 * @param error why the request failed, or why its last attempt failed; null if it did not
 * @param undoing what the request will be once its finished steps are undone; null unless they are
 *     being undone, or an undo has failed
 * @param cancelRequested whether a worker has been asked to stop the request
 * @param history the changes of the status, oldest first, at most the last 64; empty in a push
 *     without the large parts, and from a server without a history
 * @param createdAt when the request was submitted; null if another program wrote it without a time
 * @param updatedAt when the request last changed; null if another program wrote it without a time
 * @param links the paths of the calls that the server allows now
 * @param link the link with which the document was read; null if its owner read it
 * @param raw the complete document, including members that this release does not know. If it was
 *     read with a link, it contains the secret of the link
 */
public record StatusDocument(
        String id,
        @Nullable String life,
        String type,
        Status status,
        String statusText,
        long version,
        int attempt,
        int failures,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        List<String> tags,
        @Nullable Waiting waiting,
        JsonNode input,
        @Nullable Progress progress,
        List<Step> steps,
        JsonNode result,
        @Nullable Failure error,
        @Nullable Undoing undoing,
        boolean cancelRequested,
        List<HistoryEntry> history,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        Links links,
        @Nullable OpenedLink link,
        JsonNode raw) {

    /** The statuses of a request. */
    public enum Status {
        /** Stored; its start time has not come. */
        SCHEDULED,
        /** Stored; not started yet. */
        ACCEPTED,
        /** A worker is processing it. */
        RUNNING,
        /** A step failed temporarily; the request is going to be retried automatically. */
        RETRYING,
        /** A step waits for an answer or for a time; {@link StatusDocument#waiting} shows which. */
        WAITING,
        /** Finished; {@link StatusDocument#result} has the result. */
        SUCCEEDED,
        /** Finished; {@link StatusDocument#error} has the reason. */
        FAILED,
        /** Finished, because a user cancelled it. */
        CANCELLED,
        /**
         * A status that this release of the client does not know; it does not count as finished.
         */
        UNKNOWN;

        /** {@return whether a request with this status changes only if a user retries it} */
        public boolean isFinished() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }

        static Status of(String text) {
            for (Status status : values()) {
                if (status.name().equals(text)) {
                    return status;
                }
            }
            return UNKNOWN;
        }
    }

    /**
     * One step of a request.
     *
     * @param name the name of the step
     * @param status {@code PENDING}, {@code RUNNING}, {@code WAITING}, {@code SUCCEEDED}, {@code
     *     UNDONE}, {@code FAILED} or {@code CANCELLED}; a newer server may send other values
     * @param startedAt when the step started; null if it has not
     * @param endedAt when the step ended; null if it has not
     * @param output the output; null unless the step succeeded
     * @param error why the step failed; null if it did not
     */
    public record Step(
            String name,
            String status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable JsonNode output,
            @Nullable Failure error) {}

    /**
     * Why no worker works on an unfinished request.
     *
     * @param reason {@code schedule} (its start time has not come), {@code queue} (it waits for a
     *     worker), {@code backoff} (a step failed and will be retried), {@code answer} or {@code
     *     time} (a step waits); a later release may add others
     * @param since when the wait started; null if the server sent no time
     * @param until when the wait ends at the latest; null for a queue, and if there is no limit
     * @param step the step that waits; null unless the reason is {@code answer} or {@code time}
     * @param prompt what to answer, for people; null unless the reason is {@code answer}
     */
    public record Waiting(
            String reason,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String step,
            @Nullable String prompt) {}

    /**
     * What a request will be once its finished steps are undone.
     *
     * @param outcome {@link Status#FAILED} or {@link Status#CANCELLED}; {@link Status#UNKNOWN} if
     *     this release of the client does not know it
     * @param error the error that the request will have; null if it will have none
     */
    public record Undoing(Status outcome, @Nullable Failure error) {}

    /**
     * The paths of a request on the server. A path other than {@code self} is null if the server
     * would refuse the call now, and if the server is of a release without the call. If the
     * document was read with a link, the paths contain its secret, which {@link #toString} omits.
     *
     * @param self the path of its status; null if the server sent none
     * @param answer the path for {@link StatuswireClient#answer} or {@link LinkClient#answer}
     * @param cancel the path for {@link StatuswireClient#cancel}
     * @param delete the path for {@link StatuswireClient#delete}
     * @param retry the path for {@link StatuswireClient#retry}
     */
    public record Links(
            @Nullable String self,
            @Nullable String answer,
            @Nullable String cancel,
            @Nullable String delete,
            @Nullable String retry) {

        @Override
        public String toString() {
            return "Links[self=%s, answer=%s, cancel=%s, delete=%s, retry=%s]"
                    .formatted(self, answer, cancel, delete, retry)
                    .replaceAll("/links/[^/]+/", "/links/-/");
        }
    }

    /**
     * The link with which a document was read.
     *
     * @param scope {@code watch}, or {@code answer} if the request can be answered with it as well;
     *     a later release may add others
     * @param step the only step that can be answered with it; null for every step
     * @param expiresAt from when on it is invalid; null if the server sent no time
     */
    public record OpenedLink(String scope, @Nullable String step, @Nullable Instant expiresAt) {}

    /**
     * The progress of a running request.
     *
     * @param percent 0 to 100
     * @param message the current work, for people; null if there is none
     */
    public record Progress(int percent, @Nullable String message) {}

    /**
     * Why a request or a step failed.
     *
     * @param code the reason, for programs
     * @param message the reason, for people
     * @param step the step that failed; null if no step failed
     * @param retryable whether the same input may succeed later
     */
    public record Failure(String code, String message, @Nullable String step, boolean retryable) {}

    /**
     * A change of the status.
     *
     * @param version the version that the change made
     * @param at when it was made; null if the server sent no time
     * @param event what happened, such as {@code started} or {@code retrying}; a later release may
     *     add others
     * @param by who caused it: {@code owner}, {@code link} (another person, with a link to the
     *     request) or {@code system}; a later release may add others
     * @param code the code of the error; null if the event is not a failure
     */
    public record HistoryEntry(
            long version, @Nullable Instant at, String event, String by, @Nullable String code) {}

    /** {@return whether this request changes only if a user retries it} */
    public boolean isFinished() {
        return status.isFinished();
    }

    /** {@return the id, the life, the type, the status and the version} */
    @Override
    public String toString() {
        return "StatusDocument[id=%s, life=%s, type=%s, status=%s, version=%d]"
                .formatted(id, life, type, statusText, version);
    }

    /**
     * {@return whether {@link #input}, {@link #result}, {@link #history} and the outputs were left
     * out of a push}
     */
    boolean isPartial() {
        return raw.path("partial").asBoolean();
    }

    /**
     * Reads a document leniently: only the id and the version are required.
     *
     * @throws IllegalArgumentException if the JSON is not a status document
     */
    static StatusDocument of(JsonNode json) {
        String id = json.path("id").asText();
        long version = json.path("version").asLong();
        if (id.isEmpty() || version < 1) {
            throw new IllegalArgumentException("the JSON is not a status document");
        }
        String status = json.path("status").asText();
        return new StatusDocument(
                id,
                textOf(json.path("life")),
                json.path("type").asText(),
                Status.of(status),
                status,
                version,
                json.path("attempt").asInt(),
                json.path("failures").asInt(),
                timeOf(json.path("notBefore")),
                timeOf(json.path("notAfter")),
                textsOf(json.path("tags")),
                waitingOf(json.path("waiting")),
                json.path("input"),
                progressOf(json.path("progress")),
                stepsOf(json.path("steps")),
                json.path("result"),
                failureOf(json.path("error")),
                undoingOf(json.path("undoing")),
                json.path("cancelRequested").asBoolean(),
                historyOf(json.path("history")),
                timeOf(json.path("createdAt")),
                timeOf(json.path("updatedAt")),
                linksOf(json.path("links")),
                openedLinkOf(json.path("link")),
                json);
    }

    private static List<HistoryEntry> historyOf(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false)
                .map(
                        entry ->
                                new HistoryEntry(
                                        entry.path("version").asLong(),
                                        timeOf(entry.path("at")),
                                        entry.path("event").asText(),
                                        entry.path("by").asText(),
                                        textOf(entry.path("code"))))
                .toList();
    }

    private static @Nullable Waiting waitingOf(JsonNode json) {
        return json.isObject()
                ? new Waiting(
                        json.path("reason").asText(),
                        timeOf(json.path("since")),
                        timeOf(json.path("until")),
                        textOf(json.path("step")),
                        textOf(json.path("prompt")))
                : null;
    }

    private static @Nullable Undoing undoingOf(JsonNode json) {
        return json.isObject()
                ? new Undoing(
                        Status.of(json.path("outcome").asText()), failureOf(json.path("error")))
                : null;
    }

    private static Links linksOf(JsonNode json) {
        return new Links(
                textOf(json.path("self")),
                textOf(json.path("answer")),
                textOf(json.path("cancel")),
                textOf(json.path("delete")),
                textOf(json.path("retry")));
    }

    private static @Nullable OpenedLink openedLinkOf(JsonNode json) {
        return json.isObject()
                ? new OpenedLink(
                        json.path("scope").asText(),
                        textOf(json.path("step")),
                        timeOf(json.path("expiresAt")))
                : null;
    }

    private static List<String> textsOf(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    static @Nullable String textOf(JsonNode json) {
        return json.isTextual() ? json.textValue() : null;
    }

    static @Nullable Instant timeOf(JsonNode json) {
        try {
            return json.isTextual() ? Instant.parse(json.textValue()) : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static @Nullable Progress progressOf(JsonNode json) {
        return json.isObject()
                ? new Progress(json.path("percent").asInt(), textOf(json.path("message")))
                : null;
    }

    private static @Nullable Failure failureOf(JsonNode json) {
        return json.isObject()
                ? new Failure(
                        json.path("code").asText(),
                        json.path("message").asText(),
                        textOf(json.path("step")),
                        json.path("retryable").asBoolean())
                : null;
    }

    private static List<Step> stepsOf(JsonNode json) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : json) {
            steps.add(
                    new Step(
                            step.path("name").asText(),
                            step.path("status").asText(),
                            timeOf(step.path("startedAt")),
                            timeOf(step.path("endedAt")),
                            step.get("output"),
                            failureOf(step.path("error"))));
        }
        return List.copyOf(steps);
    }
}
