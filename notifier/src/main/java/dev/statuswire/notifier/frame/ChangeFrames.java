package dev.statuswire.notifier.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.stream.RemovedRequest;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.notifier.frame.Frame.Kind;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Creates the frames for changes of requests, as specified in {@code asyncapi.yaml}. Immutable and
 * thread-safe.
 */
public final class ChangeFrames {

    private final StatusDocuments documents;

    /** Creates frames that contain these documents. */
    public ChangeFrames(StatusDocuments documents) {
        this.documents = documents;
    }

    /** Returns the frame that tells a page to read the request types again. */
    public static Frame typesChanged() {
        return new Frame(Kind.TYPES, bytes(ofKind(Kind.TYPES)), Optional.empty());
    }

    /**
     * Returns the frame that tells those who watch a request by a link to read it again. It has
     * nothing else, because their links may show different parts of the request, or may have been
     * revoked.
     */
    public static Frame changed() {
        return new Frame(Kind.CHANGED, bytes(ofKind(Kind.CHANGED)), Optional.empty());
    }

    /**
     * Returns the frames to push for {@code records}, which are those of one owner in the order of
     * their stream: one list for each request, to be pushed in order. Of consecutive versions, a
     * list has only the last.
     */
    public List<List<Frame>> of(List<RequestRecord> records) {
        return LatestChanges.byRequest(records).stream()
                .map(ofOneRequest -> ofOneRequest.stream().map(this::frame).toList())
                .toList();
    }

    private Frame frame(RequestRecord record) {
        return record.after()
                .map(this::status)
                .or(() -> record.removed().map(last -> removed(record.key(), last)))
                .orElseThrow();
    }

    private Frame status(Request request) {
        ObjectNode document = documents.of(request);
        SdkBytes whole = status(document);
        boolean fits = whole.asByteArrayUnsafe().length <= Frame.MAX_BYTES;
        return new Frame(
                Kind.STATUS,
                fits ? whole : status(StatusDocuments.partial(document)),
                Optional.ofNullable(request.updatedAt()));
    }

    private static SdkBytes status(ObjectNode document) {
        ObjectNode frame = ofKind(Kind.STATUS);
        frame.set("request", document);
        return bytes(frame);
    }

    /**
     * Includes what distinguishes the request from others with the same id, and from late changes
     * of its own.
     */
    private static Frame removed(RequestKey key, RemovedRequest last) {
        ObjectNode frame =
                ofKind(Kind.REMOVED)
                        .put("id", key.id())
                        .put("life", last.life())
                        .put("version", last.version())
                        .put("createdAt", StatusDocuments.format(last.createdAt()));
        return new Frame(Kind.REMOVED, bytes(frame), Optional.empty());
    }

    private static ObjectNode ofKind(Kind kind) {
        return Json.MAPPER.createObjectNode().put("type", kind.label());
    }

    private static SdkBytes bytes(ObjectNode frame) {
        return SdkBytes.fromUtf8String(Json.write(frame));
    }
}
