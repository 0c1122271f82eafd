package dev.statuswire.notifier.frame;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.stream.RequestRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a batch is worth telling. Where it has several versions of one request, one right after
 * the other, only the last is: a page would show the others for as long as it takes to read the
 * next frame, and it may miss them anyway. So a notifier that has fallen behind catches up.
 *
 * <p>A removal is told even where the request was submitted again after it, since its new versions
 * begin with 1: a page that had not heard of the removal would take them for old ones.
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
        if (!earlier.isEmpty() && !startsAnew(earlier.getLast(), record)) {
            earlier.removeLast();
        }
        earlier.addLast(record);
    }

    private static boolean startsAnew(RequestRecord before, RequestRecord record) {
        return before.after().isEmpty() && record.after().isPresent();
    }
}
