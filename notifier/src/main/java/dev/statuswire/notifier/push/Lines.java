package dev.statuswire.notifier.push;

import java.util.HashMap;
import java.util.Map;

/** The lines that batches use at the moment, by connection. Thread-safe. */
final class Lines {

    private final Map<String, Use> uses = new HashMap<>();

    private static final class Use {
        private final Line line = new Line();
        private int batches;
    }

    /** The connection's line, the same for all who have not left it. */
    synchronized Line enter(String connectionId) {
        Use use = uses.computeIfAbsent(connectionId, _ -> new Use());
        use.batches++;
        return use.line;
    }

    synchronized void leave(String connectionId, Line line) {
        Use use = uses.get(connectionId);
        if (use != null && use.line == line) {
            use.batches--;
            if (use.batches == 0) {
                uses.remove(connectionId);
            }
        }
    }

    /** Whoever comes from now on begins anew with the connection. */
    synchronized void forget(String connectionId, Line line) {
        Use use = uses.get(connectionId);
        if (use != null && use.line == line) {
            uses.remove(connectionId);
        }
    }
}
