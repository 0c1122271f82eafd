package dev.statuswire.client;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * Decides when the client reads which status, and the list. While there is no socket, it polls: at
 * first every second, then less often until something changes. While the socket pushes changes, it
 * reads only as a safeguard against lost pushes. Times are milliseconds of a steady clock. Belongs
 * to the thread of the {@link EventLoop}.
 */
final class ReadSchedule {

    /** The name of the list. Ids contain no asterisk. */
    static final String LIST = "*";

    private static final long FASTEST = 1_000;
    private static final long SLOWEST = 10_000;
    private static final long SLOWEST_LIST = 4_000;
    private static final long LIVE = 60_000;
    private static final long LIVE_LIST = 300_000;
    private static final long SHORTEST_PAUSE = 500;
    private static final double GROWTH = 1.5;
    private static final double LEAST_SPREAD = 0.9;
    private static final double SPREAD = 0.2;
    private static final int PARALLEL = 4;

    private final DoubleSupplier random;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean live;
    private int running;

    /** How many reads failed in a row because the server was unreachable. */
    private int outages;

    private long pausedUntil = Long.MIN_VALUE;

    private static final class Entry {
        private long due;
        private long interval = FASTEST;
        private long notBefore = Long.MIN_VALUE;
        private int failures;
        private boolean isRunning;
        private boolean isRepeated;
        private boolean isWanted = true;

        private Entry(long due) {
            this.due = due;
        }

        private boolean isWaiting() {
            return isWanted && !isRunning;
        }

        /** Makes the next read due, but not while the server asks to wait. */
        private void hasten(long soon) {
            due = Math.max(notBefore, Math.min(due, soon));
            isRepeated = isRunning;
        }
    }

    /**
     * @param random returns at least 0 and less than 1
     */
    ReadSchedule(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Schedules a read and its repetitions, and returns when the next one is due; if it is urgent,
     * as soon as the server allows it.
     */
    long want(String name, boolean urgent, long now) {
        Entry entry = entries.get(name);
        if (entry == null) {
            entry = new Entry(urgent ? now : now + regular(name, FASTEST));
            entries.put(name, entry);
        }
        entry.isWanted = true;
        if (urgent) {
            entry.hasten(now);
        }
        return entry.due;
    }

    /** Ends the reads of this name. */
    void unwant(String name) {
        Entry entry = entries.get(name);
        if (entry != null && entry.isRunning) {
            entry.isWanted = false;
        } else {
            entries.remove(name);
        }
    }

    /** Returns whether no request is unfinished. */
    boolean isIdle() {
        return entries.keySet().stream().allMatch(LIST::equals);
    }

    /** Returns whether the socket pushes changes. */
    boolean isLive() {
        return live;
    }

    /**
     * Starts or ends polling. Once the socket pushes changes, everything is read again, because
     * changes before that may have been missed.
     */
    void setLive(boolean isLive, long now) {
        live = isLive;
        for (Entry entry : entries.values()) {
            long soon = isLive ? now : now + (long) (random.getAsDouble() * FASTEST);
            entry.interval = FASTEST;
            entry.hasten(soon);
        }
    }

    /** Returns the reads that are due and starts them; at most four run at a time. */
    List<String> start(long now) {
        int most = outages > 0 ? 1 : PARALLEL;
        if (now < pausedUntil || running >= most) {
            return List.of();
        }
        List<Map.Entry<String, Entry>> due =
                entries.entrySet().stream()
                        .filter(it -> it.getValue().isWaiting() && it.getValue().due <= now)
                        .sorted(Comparator.comparingLong(it -> it.getValue().due))
                        .limit(most - running)
                        .toList();
        due.forEach(it -> it.getValue().isRunning = true);
        running += due.size();
        return due.stream().map(Map.Entry::getKey).toList();
    }

    /** Returns when {@link #start} may return something again; {@code Long.MAX_VALUE} if never. */
    long nextStart() {
        if (running >= (outages > 0 ? 1 : PARALLEL)) {
            return Long.MAX_VALUE;
        }
        return entries.values().stream()
                .filter(Entry::isWaiting)
                .mapToLong(entry -> Math.max(pausedUntil, entry.due))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Ends a read that had a response.
     *
     * @param changed whether the response was new
     */
    void succeeded(String name, boolean changed, long now) {
        noOutage();
        Entry entry = ended(name);
        entry.failures = 0;
        entry.notBefore = Long.MIN_VALUE;
        entry.interval = changed ? FASTEST : (long) (entry.interval * GROWTH);
        entry.due = entry.isRepeated ? now : now + regular(name, entry.interval);
        entry.isRepeated = false;
    }

    /** Ends a read that failed. If the server is unreachable, all reads pause. */
    void failed(String name, Throwable error, long now) {
        Entry entry = ended(name);
        long retryAfter = RetryTimes.cappedRetryAfter(error);
        if (isOutage(error)) {
            outages++;
            pausedUntil = now + pause(outages, SLOWEST_LIST, retryAfter);
        } else {
            noOutage();
        }
        entry.failures++;
        entry.due = now + pause(entry.failures, slowest(name), retryAfter);
        entry.notBefore = entry.due;
        entry.isRepeated = false;
    }

    private void noOutage() {
        outages = 0;
        pausedUntil = Long.MIN_VALUE;
    }

    private long pause(int failures, long cap, long retryAfter) {
        long jitter = RetryTimes.fullJitter(failures, FASTEST, cap, random.getAsDouble());
        return Math.max(SHORTEST_PAUSE, Math.max(jitter, retryAfter));
    }

    private static boolean isOutage(Throwable error) {
        return error instanceof ProblemResponseException problem
                ? problem.status() > 500
                : error instanceof NoResponseException;
    }

    private Entry ended(String name) {
        running--;
        Entry entry = Objects.requireNonNull(entries.get(name));
        entry.isRunning = false;
        if (!entry.isWanted) {
            entries.remove(name);
        }
        return entry;
    }

    private long regular(String name, long interval) {
        long wanted = Math.min(interval, slowest(name));
        if (live) {
            wanted = name.equals(LIST) ? LIVE_LIST : LIVE;
        }
        return (long) (wanted * (LEAST_SPREAD + SPREAD * random.getAsDouble()));
    }

    private static long slowest(String name) {
        return name.equals(LIST) ? SLOWEST_LIST : SLOWEST;
    }
}
