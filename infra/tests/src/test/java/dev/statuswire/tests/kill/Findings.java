package dev.statuswire.tests.kill;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects the errors that were found. Thread-safe. */
final class Findings {

    private static final int SHOWN = 20;

    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    void add(String what) {
        found.add(what);
    }

    void add(String what, Throwable why) {
        var trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        found.add(what + ": " + trace);
    }

    List<String> all() {
        return List.copyOf(found);
    }

    /** Throws an {@link AssertionError} if there are findings. */
    void check() {
        if (!found.isEmpty()) {
            String shown = String.join("\n", found.stream().limit(SHOWN).toList());
            throw new AssertionError(found.size() + " findings:\n" + shown);
        }
    }
}
