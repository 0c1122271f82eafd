package dev.statuswire.simulator;

import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.check.TraceListener;
import dev.statuswire.simulator.check.Violation;
import dev.statuswire.simulator.live.SimulatedLinkPage;
import dev.statuswire.simulator.live.SimulatedPage;
import dev.statuswire.simulator.machine.Scheduler;
import dev.statuswire.simulator.site.DurableState;
import dev.statuswire.simulator.site.SimulatedClient;
import dev.statuswire.simulator.site.SimulatedSystem;
import dev.statuswire.simulator.site.SimulatedVisitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One schedule: runs clients, pages and the system with faults for a while, and then without faults
 * until everything must have finished.
 */
public final class Simulation {

    private static final List<Duration> LEASES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));
    private static final List<Duration> RETENTIONS =
            List.of(Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofDays(7));
    private static final List<Integer> REQUESTS = List.of(1, 1, 1, 2, 3);
    private static final List<String> OWNERS = List.of("ada", "bob");
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);
    private static final Duration TROUBLE = Duration.ofSeconds(60);
    private static final Duration EXPIRY = Duration.ofSeconds(10);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(10);

    /**
     * Faults that delay more than the work itself, or lose a message that is sent only once a
     * minute.
     */
    private static final SimulatedFault[] UNPUNCTUAL = {
        SimulatedFault.THROTTLED,
        SimulatedFault.ANSWER_LOST,
        SimulatedFault.WRITE_LATE,
        SimulatedFault.CRASH_BEFORE,
        SimulatedFault.CRASH_AFTER,
        SimulatedFault.SLOW,
        SimulatedFault.CLOCK_SET,
        SimulatedFault.PAUSED,
        SimulatedFault.STOPPED,
        SimulatedFault.RECORD_LOST,
        SimulatedFault.RECORD_LATE,
        SimulatedFault.RESPONSE_LOST,
        SimulatedFault.ITERATOR_EXPIRED,
        SimulatedFault.SHARD_CLOSED,
        SimulatedFault.TIMER_LOST,
        SimulatedFault.STEP_SLOW
    };

    private static final List<Duration> WORKER_TIMES =
            List.of(Duration.ofSeconds(20), Duration.ofMinutes(15), Duration.ofMinutes(15));
    private static final List<String> NEWER_STATUSES = List.of("PARKED", "ACCEPTED");

    /**
     * Enough for ten attempts, each swept by a clock that is behind by as much as another clock is
     * ahead.
     */
    private static final Duration LONGEST_CALM = Duration.ofHours(16);

    private final Scheduler scheduler;
    private final RandomChoices choices;
    private final DurableState world;
    private final SimulatedSystem statuswire;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final List<SimulatedVisitor> visitors = new ArrayList<>();
    private final List<SimulatedPage> pages = new ArrayList<>();
    private final List<SimulatedLinkPage> linkPages = new ArrayList<>();
    private long unique;

    /**
     * Creates the schedule of {@code seed}. In a sixth of the schedules, nothing delays the
     * sweeper, timers and the stream, so that every due request must be handled within seconds. In
     * a third, processes of two releases run, and clocks are wrong by minutes at most, as
     * documented for leases. In half of the schedules, pushes alone must keep the pages up to date.
     * No push is lost there; and if an id can be reused within minutes, clocks are right, because a
     * page distinguishes a request from the previous one by its later creation time. In a third of
     * the schedules, people create and use links.
     */
    public Simulation(long seed, TraceListener trace) {
        choices = new RandomChoices(seed);
        scheduler = new Scheduler(choices.random());
        boolean pushesSuffice = choices.oneIn(2);
        boolean oneProcess = choices.oneIn(2);
        Duration retention = choices.oneOf(RETENTIONS);
        Duration mostSkew = MOST_SKEW;
        if (pushesSuffice) {
            choices.without(SimulatedFault.PUSH_LOST);
            boolean reusedSoon = retention.compareTo(MOST_SKEW.multipliedBy(2)) < 0;
            mostSkew = reusedSoon ? Duration.ZERO : MOST_SKEW;
        }
        boolean punctual = choices.oneIn(6);
        if (punctual) {
            choices.without(UNPUNCTUAL);
            mostSkew = Duration.ZERO;
        }
        boolean mixesReleases = choices.oneIn(3) && !punctual;
        if (mixesReleases || mostSkew.isZero()) {
            choices.without(SimulatedFault.CLOCK_SET);
        }
        var timing = new TransitionTiming(choices.oneOf(LEASES), choices.oneOf(LEASES), retention);
        world =
                DurableState.of(
                        scheduler,
                        choices,
                        what -> trace.tell(() -> scheduler.now() + " " + what.get()),
                        new Transitions(timing, () -> "unique-" + unique++),
                        pushesSuffice,
                        mostSkew,
                        mixesReleases,
                        choices.oneOf(WORKER_TIMES),
                        punctual,
                        hasLinks(seed));
        statuswire = new SimulatedSystem(world, oneProcess && !punctual);
    }

    /** Decides without the other choices, so that they are the same in schedules without links. */
    private static boolean hasLinks(long seed) {
        return new RandomChoices(~seed).oneIn(3);
    }

    /** Runs the schedule. Returns the first guarantee that was broken; empty if none was. */
    public Optional<Violation> run() {
        world.trace().tell(() -> "faults " + choices);
        start();
        runUntilBroken(TROUBLE);
        choices.stopFaults();
        scheduler.start("upgrade", statuswire::upgrade);
        world.trace().tell(() -> "no more faults");
        runUntilSettled();
        if (world.checker().violation().isEmpty()) {
            world.checker().ended(world.table().requests());
            pages.forEach(this::checkPage);
            linkPages.forEach(this::checkPage);
            if (world.pushesSuffice()) {
                world.checker().links().ended(world.links().all(), scheduler.now());
            }
            statuswire.leftByMappings().ifPresent(left -> world.checker().broken("G1", left));
        }
        return world.checker().violation();
    }

    private void start() {
        statuswire.start();
        int requests = choices.oneOf(REQUESTS);
        for (int n = 0; n < requests; n++) {
            var key = new RequestKey(choices.oneOf(OWNERS), "request-" + n);
            clients.add(new SimulatedClient(world, statuswire, key));
        }
        clients.forEach(client -> client.start(TROUBLE));
        int windows = choices.between(0, 2);
        for (int n = 0; n < windows; n++) {
            pages.add(
                    new SimulatedPage(
                            choices.oneOf(OWNERS),
                            statuswire,
                            world.sockets(),
                            scheduler,
                            choices,
                            !world.pushesSuffice()));
        }
        pages.forEach(SimulatedPage::open);
        world.sentLinks().ifPresent(sent -> sent.onSent(this::received));
        if (choices.oneIn(4)) {
            scheduler.startAfter(choices.upTo(TROUBLE), "newer release", this::putNewerItem);
        }
        scheduler.startAfter(EXPIRY, "expiry", this::expire);
    }

    /** Starts a person who has received a link, and maybe opens a page with it. */
    private void received(LinkSecret secret) {
        var visitor = new SimulatedVisitor(world, statuswire, secret);
        visitors.add(visitor);
        visitor.start();
        if (choices.oneIn(3)) {
            var page =
                    new SimulatedLinkPage(
                            secret,
                            statuswire,
                            world.sockets(),
                            scheduler,
                            choices,
                            !world.pushesSuffice());
            linkPages.add(page);
            page.open();
        }
    }

    /** Stores an item that a later release may have left when it was rolled back. */
    private void putNewerItem() {
        var item =
                new HashMap<String, AttributeValue>(
                        Item.key(new RequestKey(choices.oneOf(OWNERS), "request-of-newer")));
        item.put(Item.LIFE, AttributeValue.fromS("newer"));
        item.put(Item.FORMAT, AttributeValue.fromN("3"));
        item.put(Item.TYPE, AttributeValue.fromS("quick"));
        item.put(Item.INPUT, AttributeValue.fromS("{}"));
        item.put(Item.STATUS, AttributeValue.fromS(choices.oneOf(NEWER_STATUSES)));
        item.put(Item.VERSION, AttributeValue.fromN("5"));
        item.put(Item.CREATED_AT, AttributeValue.fromS(scheduler.now().toString()));
        item.put(Item.DUE_SHARD, AttributeValue.fromS("0"));
        item.put(Item.DUE_AT, AttributeValue.fromN(Long.toString(scheduler.now().toEpochMilli())));
        world.table().inject(item);
    }

    private void expire() {
        world.table().expire();
        scheduler.startAfter(EXPIRY, "expiry", this::expire);
    }

    private void runUntilBroken(Duration period) {
        Instant end = scheduler.now().plus(period);
        while (scheduler.now().isBefore(end) && world.checker().violation().isEmpty()) {
            scheduler.runUntil(scheduler.now().plus(CHECK_EVERY));
        }
    }

    private void runUntilSettled() {
        Instant end = scheduler.now().plus(LONGEST_CALM);
        while (scheduler.now().isBefore(end)
                && world.checker().violation().isEmpty()
                && !isSettled()) {
            scheduler.runUntil(scheduler.now().plus(CHECK_EVERY));
        }
    }

    private boolean isSettled() {
        return clients.stream().allMatch(SimulatedClient::isDone)
                && visitors.stream().allMatch(SimulatedVisitor::isDone)
                && statuswire.leftByMappings().isEmpty()
                && world.table().requests().values().stream()
                        .filter(Request::isUnderstood)
                        .allMatch(request -> request.status().finished())
                && pages.stream().allMatch(page -> page.isLive() && isNewest(page))
                && linkPages.stream().allMatch(page -> page.isClosed() || isNewest(page));
    }

    /** Returns whether a page by a link shows its request as it is, on a live connection. */
    private boolean isNewest(SimulatedLinkPage page) {
        return page.isLive()
                && page.shown()
                        .filter(shown -> isNewest(shown, world.table().requests().get(shown.key())))
                        .isPresent();
    }

    private static boolean isNewest(Request shown, @Nullable Request there) {
        return there != null
                && Objects.equals(there.life(), shown.life())
                && there.version() == shown.version();
    }

    private boolean isNewest(SimulatedPage page) {
        return page.versions().equals(versionsOf(page.owner()));
    }

    private Map<String, Long> versionsOf(String owner) {
        var versions = new TreeMap<String, Long>();
        for (Request request : world.table().requests().values()) {
            if (request.key().owner().equals(owner)) {
                versions.put(request.key().id(), request.version());
            }
        }
        return versions;
    }

    private void checkPage(SimulatedPage page) {
        if (!isNewest(page)) {
            world.checker()
                    .broken(
                            "G6",
                            "a page of %s shows %s, but the table has %s"
                                    .formatted(
                                            page.owner(),
                                            page.versions(),
                                            versionsOf(page.owner())));
        }
    }

    private void checkPage(SimulatedLinkPage page) {
        if (!page.isClosed() && !isNewest(page)) {
            world.checker()
                    .broken(
                            "G6",
                            "a page by a link shows %s, but the table has %s"
                                    .formatted(
                                            page.shown(),
                                            page.shown()
                                                    .map(
                                                            it ->
                                                                    world.table()
                                                                            .requests()
                                                                            .get(it.key()))));
        }
    }
}
