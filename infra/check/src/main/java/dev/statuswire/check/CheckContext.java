package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The information from the service that later checks use. A check that reads a value must need the
 * check that set it. Checks run one after the other on separate threads, so the fields are
 * volatile.
 */
final class CheckContext {

    final CheckedService service;
    final Submissions submissions;

    private volatile @Nullable ListedTypes types;
    private volatile @Nullable JsonNode identity;
    private volatile @Nullable CheckSocket socket;
    private volatile @Nullable JsonNode submitted;
    private volatile @Nullable String cancelled;

    CheckContext(CheckedService service) {
        this.service = service;
        this.submissions = new Submissions(service);
    }

    ListedTypes types() {
        return Objects.requireNonNull(types);
    }

    void setTypes(ListedTypes listed) {
        types = listed;
    }

    JsonNode identity() {
        return Objects.requireNonNull(identity);
    }

    void setIdentity(JsonNode document) {
        identity = document;
    }

    CheckSocket socket() {
        return Objects.requireNonNull(socket);
    }

    void setSocket(CheckSocket opened) {
        socket = opened;
    }

    /** Returns the response document of the first submission. */
    JsonNode submitted() {
        return Objects.requireNonNull(submitted);
    }

    String submittedId() {
        return submitted().path("id").asText();
    }

    void setSubmitted(JsonNode document) {
        submitted = document;
    }

    /** Returns the id of a cancelled request. */
    String cancelled() {
        return Objects.requireNonNull(cancelled);
    }

    void setCancelled(String id) {
        cancelled = id;
    }

    void closeSocket() {
        CheckSocket opened = socket;
        if (opened != null) {
            opened.close();
        }
    }
}
