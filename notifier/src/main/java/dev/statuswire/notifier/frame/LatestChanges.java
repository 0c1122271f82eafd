package dev.statuswire.notifier.frame;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.stream.RemovedRequest;
import dev.statuswire.core.stream.RequestRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a batch is worth telling. Where it has several versions of one request, one right after
 * the other, only the last is: a page would show the others for as long as it takes to read the
 * next frame, and it may miss them anyway. So a notifier that has fallen behind catches up.
 *
 * <p>A removal is told even where the request was submitted again after it, since its new versions
 * begin with 1: a page that had not heard of the removal would take them for old ones.
 *
 * <p>A stream keeps the order of each item's changes, and so does Lambda. Were it lost on the way,
 * a page could not do without the version that was left out: so what is older than what came before
 * it is left out instead.
 */
final class LatestChanges {

    private LatestChanges() {}

    /**
     * The records worth telling: a list for each request, in the order in which they came.
     *
     * @param records in the order of their stream
     */
    static Collection<List<RequestRecord>> byRequest(List<RequestRecord> records) {
        Map<RequestKey, List<RequestRecord>> byRequest = new LinkedHashMap<>();
        for (RequestRecord record : records) {
            add(record, byRequest.computeIfAbsent(record.key(), key -> new ArrayList<>()));
        }
        return byRequest.values();
    }

    private static void add(RequestRecord record, List<RequestRecord> earlier) {
        if (!earlier.isEmpty() && isOlder(record, earlier.getLast())) {
            return;
        }
        if (!earlier.isEmpty() && !startsAnew(earlier.getLast(), record)) {
            earlier.removeLast();
        }
        earlier.addLast(record);
    }

    /** Of the same request, not of one that had its id before or has it since. */
    private static boolean isOlder(RequestRecord record, RequestRecord last) {
        return isSameRequest(record, last) && place(record) < place(last);
    }

    /** By the life; where one has none, by the creation. */
    private static boolean isSameRequest(RequestRecord one, RequestRecord other) {
        Optional<String> life = life(one);
        if (life.isPresent() && life(other).isPresent()) {
            return life.equals(life(other));
        }
        return createdAt(one).isPresent() && createdAt(one).equals(createdAt(other));
    }

    private static Optional<String> life(RequestRecord record) {
        return record.after()
                .map(Request::life)
                .or(() -> record.removed().map(RemovedRequest::life));
    }

    private static Optional<Instant> createdAt(RequestRecord record) {
        return record.after()
                .map(Request::createdAt)
                .or(() -> record.removed().map(RemovedRequest::createdAt));
    }

    /** A removal comes after the version that it removed. */
    private static long place(RequestRecord record) {
        return record.after()
                .map(after -> 2 * after.version())
                .orElseGet(() -> 2 * record.removed().map(RemovedRequest::version).orElse(0L) + 1);
    }

    private static boolean startsAnew(RequestRecord before, RequestRecord record) {
        return before.after().isEmpty() && record.after().isPresent();
    }
}
