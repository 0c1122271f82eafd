package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all watches current. While there is a watch, it keeps a live socket open. Once the socket
 * is subscribed, it reads everything that is watched, so that no change is missed; without a
 * socket, it polls. Its state belongs to the thread of the {@link EventLoop}.
 */
final class LiveUpdates implements SocketReconnector.User {

    private static final Logger LOG = System.getLogger(LiveUpdates.class.getName());

    private static final long BEAT = 4_000;

    /**
     * How long the socket may be silent before a ping. The second value, for when nothing is
     * unfinished, is just below the 10 min after which API Gateway closes a socket.
     */
    private static final long PING_WAITING = 30_000;

    private static final long PING_IDLE = 510_000;

    /** How long a socket stays open after the last watch has ended. */
    private static final long LINGER = 30_000;

    /** How often the whole loaded part of the list is read while polling. */
    private static final long READ_ALL = 60_000;

    private static final int FIRST_PAGE = 50;
    private static final int FULL_PAGE = 100;

    /** How many pages are read at most; what lies below them is no longer watched. */
    private static final int MOST_PAGES = 10;

    private final HttpCalls http;
    private final EventLoop loop;
    private final SocketReconnector socket;
    private final ReadSchedule schedule;
    private final Set<Watch> watches = new LinkedHashSet<>();
    private final Map<String, String> etags = new HashMap<>();

    /** Counts arrivals. */
    private long moment;

    /** The lowest id of the loaded part of the list; null before the first read, "" if all is. */
    private @Nullable String floor;

    private boolean mustReadAll;
    private long readAllAt = EventLoop.millis();
    private long lastReadAll;

    private long lastWatched;
    private boolean beating;
    private @Nullable Future<?> timer;
    private long nextRead = Long.MAX_VALUE;
    private boolean closed;

    LiveUpdates(HttpCalls http, HttpClient sockets, EventLoop loop) {
        this.http = http;
        this.loop = loop;
        this.socket = new SocketReconnector(http, sockets, loop, this);
        this.schedule = new ReadSchedule(loop::random);
    }

    /**
     * Starts a watch. Can be called by any thread.
     *
     * @param id null for all requests
     */
    Watch watch(@Nullable String id, RequestListener listener, Executor executor) {
        Watch watch = new Watch(id, listener, executor, this);
        loop.execute(() -> start(watch));
        if (loop.isClosed()) {
            watch.close();
        }
        return watch;
    }

    private void start(Watch watch) {
        if (closed) {
            watch.close();
            return;
        }
        watches.add(watch);
        if (watch.id() == null) {
            mustReadAll |= floor != null;
            want(ReadSchedule.LIST, true);
        } else {
            refresh(watch.id());
        }
        socket.open();
        beat();
    }

    /** Removes a watch that has ended. Can be called by any thread. */
    void ended(Watch watch) {
        loop.execute(() -> remove(watch));
    }

    private void remove(Watch watch) {
        if (!watches.remove(watch)) {
            return;
        }
        lastWatched = EventLoop.millis();
        Set.copyOf(watch.ids()).forEach(this::refresh);
        if (watches.stream().noneMatch(it -> it.id() == null)) {
            schedule.unwant(ReadSchedule.LIST);
            floor = null;
        }
    }

    /** Merges the response to a write. Can be called by any thread. */
    void written(StatusDocument document) {
        loop.execute(() -> pushed(document));
    }

    /**
     * Reads a request that the client has deleted, if it is watched. Can be called by any thread.
     */
    void deleted(String id) {
        loop.execute(() -> outdated(id));
    }

    /**
     * Ends all watches, and closes the socket. Can be called by any thread.
     *
     * @param then runs after that
     */
    void close(Runnable then) {
        loop.execute(
                () -> {
                    closed = true;
                    watches.forEach(Watch::close);
                    socket.close();
                    loop.close();
                    then.run();
                });
    }

    // Arrivals

    @Override
    public boolean needsSocket() {
        return !closed && !watches.isEmpty();
    }

    /** Once changes are pushed, reads everything again: earlier ones may have been missed. */
    @Override
    public void setLive(boolean isLive) {
        mustReadAll |= isLive;
        schedule.setLive(isLive, EventLoop.millis());
        readDue();
    }

    @Override
    public void received(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "status" -> pushed(frame.path("request"));
            case "removed" -> removed(frame);
            case "changed" ->
                    watches.stream()
                            .flatMap(watch -> watch.ids().stream())
                            .distinct()
                            .toList()
                            .forEach(this::outdated);
            case "error" -> LOG.log(Level.DEBUG, () -> "the server reported an error: " + frame);
            default -> {}
        }
    }

    private void pushed(JsonNode json) {
        try {
            pushed(StatusDocument.of(json));
        } catch (IllegalArgumentException unreadable) {
            LOG.log(Level.DEBUG, "ignoring an unreadable document", unreadable);
        }
    }

    private void pushed(StatusDocument document) {
        moment++;
        arrived(document.id(), watch -> watch.pushed(document, moment));
    }

    private void removed(JsonNode frame) {
        String id = frame.path("id").asText();
        moment++;
        arrived(
                id,
                watch ->
                        watch.removed(
                                id,
                                StatusDocument.textOf(frame.path("life")),
                                StatusDocument.timeOf(frame.path("createdAt")),
                                frame.path("version").asLong(),
                                moment));
    }

    /** Reads a request, which has changed or was removed. */
    private void outdated(String id) {
        moment++;
        arrived(id, watch -> watch.outdated(id, moment));
    }

    private void arrived(String id, Consumer<Watch> arrival) {
        watches.forEach(arrival);
        refresh(id);
    }

    /** Pings a silent socket, and closes one that is no longer used. */
    private void beat() {
        if (beating || closed) {
            return;
        }
        beating = true;
        loop.after(
                BEAT,
                () -> {
                    beating = false;
                    socket.probe(schedule.isIdle() ? PING_IDLE : PING_WAITING);
                    if (watches.isEmpty() && EventLoop.millis() - lastWatched >= LINGER) {
                        socket.close();
                    }
                    if (socket.isOpen() || !watches.isEmpty()) {
                        beat();
                    }
                });
    }

    // Reads

    /**
     * Schedules the reads of a request that must be read or may change, and ends those of others.
     */
    private void refresh(String id) {
        boolean urgent = false;
        boolean wanted = false;
        for (Watch watch : watches) {
            KnownRequest known = watch.known(id);
            urgent |= known != null && known.mustRead();
            wanted |= known != null && known.isUnfinished();
        }
        if (urgent || wanted) {
            want(id, urgent);
        } else {
            schedule.unwant(id);
            etags.remove(id);
        }
    }

    private void want(String name, boolean urgent) {
        if (schedule.want(name, urgent, EventLoop.millis()) < nextRead) {
            readDue();
        }
    }

    private void readDue() {
        for (String name : schedule.start(EventLoop.millis())) {
            if (name.equals(ReadSchedule.LIST)) {
                readList();
            } else {
                readStatus(name);
            }
        }
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        nextRead = schedule.nextStart();
        if (nextRead < Long.MAX_VALUE && !closed) {
            timer = loop.timer(nextRead - EventLoop.millis(), this::readDue);
        }
    }

    private void readStatus(String id) {
        long since = moment;
        boolean isUnclear =
                watches.stream()
                        .map(watch -> watch.known(id))
                        .anyMatch(known -> known != null && known.mustRead());
        loop.when(
                http.start(http.status(id, isUnclear ? null : etags.get(id))),
                (response, failed) -> {
                    moment++;
                    if (failed == null) {
                        statusRead(id, response, since);
                    } else {
                        statusFailed(id, failed, since);
                    }
                    refresh(id);
                    readDue();
                });
    }

    private void statusRead(String id, HttpCalls.StatusResponse response, long since) {
        StatusDocument document = response.document();
        boolean changed = false;
        if (document != null) {
            for (Watch watch : watches) {
                changed |= watch.read(document, since, moment);
            }
            if (response.etag() == null) {
                etags.remove(id);
            } else {
                etags.put(id, response.etag());
            }
        }
        schedule.succeeded(id, changed, EventLoop.millis());
    }

    private void statusFailed(String id, Throwable error, long since) {
        if (error instanceof ProblemResponseException problem && !http.isTransient(problem)) {
            for (Watch watch : watches) {
                if (problem.status() == 404) {
                    watch.missing(id, problem, since, moment);
                } else if (id.equals(watch.id())) {
                    watch.refused(problem);
                }
            }
        }
        failed(id, error);
    }

    private void failed(String name, Throwable error) {
        LOG.log(Level.DEBUG, () -> "could not read " + name + "; will read it again", error);
        schedule.failed(name, error, EventLoop.millis());
    }

    /**
     * A page of the list that is being read.
     *
     * @param below the lowest id of the page before; null if this is the first page
     * @param isAll whether the pages after it are read, down to the loaded part's lowest id
     * @param number 1 for the first page
     * @param since the moment at which the read started
     */
    private record Page(
            RequestQuery query, @Nullable String below, boolean isAll, int number, long since) {

        /** The lowest id that the page covers; empty if it is the last one. */
        String lowest(ListedRequests listed) {
            return listed.next() == null
                    ? ""
                    : listed.requests().stream()
                            .map(StatusDocument::id)
                            .min(String::compareTo)
                            .orElse(below == null ? "\uffff" : below);
        }
    }

    private void readList() {
        long now = EventLoop.millis();
        boolean isAll = floor != null && (mustReadAll || now - readAllAt >= READ_ALL);
        if (isAll) {
            mustReadAll = false;
            readAllAt = now;
        }
        RequestQuery query = RequestQuery.all().limit(isAll ? FULL_PAGE : FIRST_PAGE);
        readPage(new Page(query, null, isAll, 1, moment));
    }

    private void readPage(Page page) {
        loop.when(
                http.start(HttpCalls.list(page.query())),
                (listed, failed) -> {
                    moment++;
                    if (failed == null) {
                        pageRead(page, listed);
                    } else {
                        listFailed(page, failed);
                    }
                    readDue();
                });
    }

    private void pageRead(Page page, ListedRequests listed) {
        String lowest = page.lowest(listed);
        String loaded = floor == null || floor.compareTo(lowest) < 0 ? lowest : floor;
        boolean changed = false;
        for (Watch watch : watches) {
            changed |= watch.listed(listed.requests(), page.below(), loaded, page.since(), moment);
            new TreeSet<>(watch.ids()).tailSet(loaded).forEach(this::refresh);
        }
        boolean isFurther = page.isAll() && floor != null && lowest.compareTo(floor) > 0;
        if (listed.next() != null
                && page.number() < MOST_PAGES
                && (listed.requests().isEmpty() || isFurther)) {
            RequestQuery next = page.query().cursor(listed.next());
            readPage(new Page(next, lowest, page.isAll(), page.number() + 1, moment));
            return;
        }
        if (floor == null || isFurther) {
            floor = lowest;
        }
        if (page.isAll()) {
            watches.forEach(watch -> watch.prune(loaded, lastReadAll));
            lastReadAll = moment;
        }
        schedule.succeeded(ReadSchedule.LIST, changed, EventLoop.millis());
    }

    private void listFailed(Page page, Throwable error) {
        mustReadAll |= page.isAll();
        if (error instanceof ProblemResponseException problem && !problem.isTransient()) {
            for (Watch watch : watches) {
                if (watch.id() == null) {
                    watch.refused(problem);
                }
            }
        }
        failed(ReadSchedule.LIST, error);
    }
}
