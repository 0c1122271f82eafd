package dev.statuswire.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running watch of one request or of all requests. It ends when it is closed, when the client is
 * closed, or when the server refuses it. A watch of one request also ends after a finished document
 * and after the request is removed. Thread-safe.
 */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Watch.class.getName());

    /** Null for a watch of all requests. */
    private final @Nullable String id;

    private final RequestListener listener;
    private final Executor executor;
    private final LiveUpdates updates;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Belongs to the thread of the event loop. */
    private final Map<String, KnownRequest> known = new HashMap<>();

    /** Whether a document was reported, or the list was read. */
    private boolean started;

    /**
     * The calls of the listener that have not been made yet, and guards itself and what follows.
     */
    private final Map<Subject, Runnable> calls = new LinkedHashMap<>();

    private boolean delivering;
    private boolean closed;

    /** Of the calls about one life, or about its removal, only the last one is made. */
    private record Subject(String id, @Nullable String life, boolean isRemoval) {}

    Watch(@Nullable String id, RequestListener listener, Executor executor, LiveUpdates updates) {
        this.id = id;
        this.listener = listener;
        this.executor = executor;
        this.updates = updates;
        if (id != null) {
            known.put(id, KnownRequest.unread());
        }
    }

    /**
     * {@return a future that is completed, always normally, when the watch has ended and the last
     * call of the listener has returned}
     */
    public CompletableFuture<Void> end() {
        return end.copy();
    }

    /**
     * Ends the watch. Idempotent. The listener is not called again, except that a call that has
     * already started continues.
     */
    @Override
    public void close() {
        synchronized (calls) {
            closed = true;
            calls.clear();
        }
        finish();
    }

    /** {@return the only watched id; null if all requests are watched} */
    @Nullable String id() {
        return id;
    }

    /** {@return what the watch knows about an id; null if nothing} */
    @Nullable KnownRequest known(String wanted) {
        return known.get(wanted);
    }

    /** {@return the known ids} */
    Set<String> ids() {
        return known.keySet();
    }

    private @Nullable KnownRequest watched(String arrived) {
        return id == null
                ? known.computeIfAbsent(arrived, any -> KnownRequest.unknown())
                : known.get(arrived);
    }

    void pushed(StatusDocument document, long moment) {
        KnownRequest request = watched(document.id());
        if (request != null) {
            report(document.id(), document, request.pushed(document, moment), null);
        }
    }

    void removed(
            String removed,
            @Nullable String life,
            @Nullable Instant createdAt,
            long version,
            long moment) {
        KnownRequest request = watched(removed);
        if (request != null) {
            report(removed, null, request.removed(life, createdAt, version, moment), null);
        }
    }

    void outdated(String changed, long moment) {
        KnownRequest request = known.get(changed);
        if (request != null) {
            request.outdated(moment);
        }
    }

    /** {@return whether the document was new} */
    boolean read(StatusDocument document, long since, long moment) {
        KnownRequest request = watched(document.id());
        if (request == null) {
            return false;
        }
        KnownRequest.Verdict verdict = request.read(document, since, moment);
        report(document.id(), document, verdict, null);
        return verdict != KnownRequest.Verdict.NOTHING;
    }

    void missing(String missing, ProblemResponseException problem, long since, long moment) {
        KnownRequest request = known.get(missing);
        if (request != null) {
            report(missing, null, request.missing(since, moment), problem);
        }
    }

    /**
     * Merges a page of the list, without unknown requests outside of its range. The list never
     * removes a request: those that it should contain must be read. Returns whether a document was
     * new.
     *
     * @param below the range contains lower ids; null if there is no bound
     * @param downTo the lowest id of the range
     */
    boolean listed(
            Collection<StatusDocument> documents,
            @Nullable String below,
            String downTo,
            long since,
            long moment) {
        if (id != null) {
            return false;
        }
        Predicate<String> isInRange =
                one -> one.compareTo(downTo) >= 0 && (below == null || one.compareTo(below) < 0);
        boolean changed = false;
        Set<String> listed = new HashSet<>();
        for (StatusDocument document : documents) {
            listed.add(document.id());
            if (isInRange.test(document.id()) || known.containsKey(document.id())) {
                changed |= read(document, since, moment);
            }
        }
        known.forEach(
                (one, request) -> {
                    if (isInRange.test(one) && !listed.contains(one) && request.existedAt(since)) {
                        request.doubt(moment);
                    }
                });
        started = true;
        return changed;
    }

    /**
     * Forgets removals, and finished requests below {@code floor}, that are older than a moment.
     */
    void prune(String floor, long moment) {
        if (id == null) {
            known.entrySet()
                    .removeIf(
                            entry ->
                                    entry.getValue()
                                            .isForgettable(
                                                    entry.getKey().compareTo(floor) >= 0, moment));
        }
    }

    /** Ends the watch if the server refuses its first read, except temporarily. */
    void refused(ProblemResponseException problem) {
        if (!started) {
            refuse(problem);
        }
    }

    private void refuse(ProblemResponseException problem) {
        call(new Subject("", null, true), () -> listener.refused(problem));
        finish();
    }

    private void report(
            String about,
            @Nullable StatusDocument document,
            KnownRequest.Verdict verdict,
            @Nullable ProblemResponseException problem) {
        switch (verdict) {
            case NOTHING -> {}
            case CHANGED -> changed(document);
            case REPLACED -> {
                removed(about);
                if (id == null) {
                    changed(document);
                }
            }
            case REMOVED -> {
                KnownRequest request = known.get(about);
                if (request != null && request.isReported()) {
                    removed(about);
                } else if (id != null && problem != null) {
                    refuse(problem);
                }
            }
        }
    }

    private void changed(@Nullable StatusDocument document) {
        if (document != null) {
            started = true;
            call(
                    new Subject(document.id(), document.life(), false),
                    () -> listener.changed(document));
            if (id != null && document.isFinished()) {
                finish();
            }
        }
    }

    private void removed(String removed) {
        call(new Subject(removed, null, true), () -> listener.removed(removed));
        if (id != null) {
            finish();
        }
    }

    private void call(Subject subject, Runnable call) {
        synchronized (calls) {
            if (closed) {
                return;
            }
            calls.remove(subject);
            calls.put(subject, call);
            deliver();
        }
    }

    /** Ends the watch after the calls that are left. */
    private void finish() {
        updates.ended(this);
        synchronized (calls) {
            closed = true;
            deliver();
        }
    }

    private void deliver() {
        if (!delivering && !end.isDone()) {
            delivering = true;
            try {
                executor.execute(this::makeCalls);
            } catch (RejectedExecutionException clientClosed) {
                end.complete(null);
            }
        }
    }

    private void makeCalls() {
        for (Runnable call = nextCall(); call != null; call = nextCall()) {
            try {
                call.run();
            } catch (RuntimeException | Error failed) {
                LOG.log(Level.ERROR, "a request listener threw; continuing", failed);
            }
        }
    }

    private @Nullable Runnable nextCall() {
        synchronized (calls) {
            Iterator<Runnable> left = calls.values().iterator();
            if (left.hasNext()) {
                Runnable next = left.next();
                left.remove();
                return next;
            }
            delivering = false;
            if (closed) {
                end.complete(null);
            }
            return null;
        }
    }
}
