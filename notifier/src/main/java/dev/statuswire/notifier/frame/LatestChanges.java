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
 * Selects the changes of a batch that are pushed. Of several consecutive versions of one request,
 * only the last is pushed: a page would show the others only until it has read the next frame, and
 * it may miss them anyway. So a notifier that has fallen behind catches up.
 *
 * <p>A removal is pushed even if the request was submitted again after it, because the new versions
 * start with 1: a page that had missed the removal would treat them as old.
 *
 * <p>Streams and Lambda keep the order of each item's changes. If the order were lost on the way, a
 * page would need the newer version: so a change that is older than the one before it is left out
 * instead.
 */
final class LatestChanges {

    private LatestChanges() {}

    /**
     * Returns the records to push: one list for each request, in the order of arrival.
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
        if (!earlier.isEmpty() && !startsNewRequest(earlier.getLast(), record)) {
            earlier.removeLast();
        }
        earlier.addLast(record);
    }

    /**
     * Returns whether the record is an older change of the same request, not of another request
     * with its id.
     */
    private static boolean isOlder(RequestRecord record, RequestRecord last) {
        return isSameRequest(record, last) && order(record) < order(last);
    }

    /** Compares lives or, if one of them is missing, creation times. */
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
    private static long order(RequestRecord record) {
        return record.after()
                .map(after -> 2 * after.version())
                .orElseGet(() -> 2 * record.removed().map(RemovedRequest::version).orElse(0L) + 1);
    }

    private static boolean startsNewRequest(RequestRecord before, RequestRecord record) {
        return before.after().isEmpty() && record.after().isPresent();
    }
}
