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
 * Makes the frames that tell of changes. The contract is {@code asyncapi.yaml}. Immutable and
 * thread-safe.
 */
public final class ChangeFrames {

    private final StatusDocuments documents;

    /** Frames with these documents. */
    public ChangeFrames(StatusDocuments documents) {
        this.documents = documents;
    }

    /**
     * What to tell of {@code records}, which are of one owner and in the order of their stream: a
     * list for each request, to be pushed in its order. Of versions that follow each other only the
     * last is in it.
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

    /** With what tells the request from another of its id, and from what of it comes too late. */
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
