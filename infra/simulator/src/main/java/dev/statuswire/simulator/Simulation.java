package dev.statuswire.simulator;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.simulator.chance.Chances;
import dev.statuswire.simulator.chance.Fault;
import dev.statuswire.simulator.check.Trace;
import dev.statuswire.simulator.check.Violation;
import dev.statuswire.simulator.live.Page;
import dev.statuswire.simulator.machine.Scheduler;
import dev.statuswire.simulator.site.Client;
import dev.statuswire.simulator.site.Statuswire;
import dev.statuswire.simulator.site.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One schedule: clients, pages and the system for a while in which things go wrong, and then a calm
 * in which everything must come to its end.
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
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** What delays more than work, or loses what there is only one of in a minute. */
    private static final Fault[] UNPUNCTUAL = {
        Fault.THROTTLED,
        Fault.ANSWER_LOST,
        Fault.WRITE_LATE,
        Fault.CRASH_BEFORE,
        Fault.CRASH_AFTER,
        Fault.SLOW,
        Fault.CLOCK_SET,
        Fault.PAUSED,
        Fault.STOPPED,
        Fault.RECORD_LOST,
        Fault.RECORD_LATE,
        Fault.RESPONSE_LOST,
        Fault.ITERATOR_EXPIRED,
        Fault.SHARD_CLOSED,
        Fault.TIMER_LOST,
        Fault.STEP_SLOW
    };

    private static final List<Duration> WORKER_TIMES =
            List.of(Duration.ofSeconds(20), Duration.ofMinutes(15), Duration.ofMinutes(15));
    private static final List<String> NEWER_STATUSES = List.of("WAITING", "ACCEPTED");

    /** Ten attempts, each to be swept by a clock that is behind by as much as another is ahead. */
    private static final Duration LONGEST_CALM = Duration.ofHours(16);

    private final Scheduler scheduler;
    private final Chances chances;
    private final World world;
    private final Statuswire statuswire;
    private final List<Client> clients = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();
    private long unique;

    /**
     * The schedule of {@code seed}. In a sixth of them nothing makes the sweeper, timers and the
     * stream late, so that every due request must be handled within seconds. In a third of them
     * processes of two releases run, and in those clocks are wrong by minutes at most, as
     * documented for leases. In half of them the pushes must tell the pages everything. None gets
     * lost there; and if an id may be used again within minutes, clocks are right, since it is by
     * its later creation that a page tells a request from the one before.
     */
    public Simulation(long seed, Trace trace) {
        chances = new Chances(seed);
        scheduler = new Scheduler(chances.random());
        boolean pushesSuffice = chances.oneIn(2);
        boolean oneProcess = chances.oneIn(2);
        Duration retention = chances.oneOf(RETENTIONS);
        Duration mostSkew = MOST_SKEW;
        if (pushesSuffice) {
            chances.without(Fault.PUSH_LOST);
            boolean reusedSoon = retention.compareTo(MOST_SKEW.multipliedBy(2)) < 0;
            mostSkew = reusedSoon ? Duration.ZERO : MOST_SKEW;
        }
        boolean punctual = chances.oneIn(6);
        if (punctual) {
            chances.without(UNPUNCTUAL);
            mostSkew = Duration.ZERO;
        }
        boolean mixesReleases = chances.oneIn(3) && !punctual;
        if (mixesReleases || mostSkew.isZero()) {
            chances.without(Fault.CLOCK_SET);
        }
        var timing = new Timing(chances.oneOf(LEASES), chances.oneOf(LEASES), retention);
        world =
                World.of(
                        scheduler,
                        chances,
                        what -> trace.tell(() -> scheduler.now() + " " + what.get()),
                        new Transitions(timing, () -> "unique-" + unique++),
                        pushesSuffice,
                        mostSkew,
                        mixesReleases,
                        chances.oneOf(WORKER_TIMES),
                        punctual);
        statuswire = new Statuswire(world, oneProcess && !punctual);
    }

    /** Runs it; the guarantee that was broken first, where one was. */
    public Optional<Violation> run() {
        world.trace().tell(() -> "faults " + chances);
        begin();
        runUntilBroken(TROUBLE);
        chances.calmDown();
        scheduler.start("upgrade", statuswire::upgrade);
        world.trace().tell(() -> "calm");
        runUntilSettled();
        if (world.checker().violation().isEmpty()) {
            world.checker().ended(world.table().requests());
            pages.forEach(this::checkPage);
            statuswire.leftByMappings().ifPresent(left -> world.checker().broken("G1", left));
        }
        return world.checker().violation();
    }

    private void begin() {
        statuswire.start();
        int requests = chances.oneOf(REQUESTS);
        for (int n = 0; n < requests; n++) {
            var key = new RequestKey(chances.oneOf(OWNERS), "request-" + n);
            clients.add(new Client(world, statuswire, key));
        }
        clients.forEach(client -> client.start(TROUBLE));
        int windows = chances.between(0, 2);
        for (int n = 0; n < windows; n++) {
            pages.add(
                    new Page(
                            chances.oneOf(OWNERS),
                            statuswire,
                            world.sockets(),
                            scheduler,
                            chances,
                            !world.pushesSuffice()));
        }
        pages.forEach(Page::open);
        if (chances.oneIn(4)) {
            scheduler.startAfter(chances.upTo(TROUBLE), "newer release", this::putNewerItem);
        }
        scheduler.startAfter(EXPIRY, "expiry", this::expire);
    }

    /** What a release to come may have left when it was rolled back. */
    private void putNewerItem() {
        var item =
                new HashMap<String, AttributeValue>(
                        Item.key(new RequestKey(chances.oneOf(OWNERS), "request-of-newer")));
        item.put(Item.LIFE, AttributeValue.fromS("newer"));
        item.put(Item.FORMAT, AttributeValue.fromN("3"));
        item.put(Item.TYPE, AttributeValue.fromS("quick"));
        item.put(Item.INPUT, AttributeValue.fromS("{}"));
        item.put(Item.STATUS, AttributeValue.fromS(chances.oneOf(NEWER_STATUSES)));
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
            scheduler.runUntil(scheduler.now().plus(LOOK));
        }
    }

    private void runUntilSettled() {
        Instant end = scheduler.now().plus(LONGEST_CALM);
        while (scheduler.now().isBefore(end)
                && world.checker().violation().isEmpty()
                && !isSettled()) {
            scheduler.runUntil(scheduler.now().plus(LOOK));
        }
    }

    private boolean isSettled() {
        return clients.stream().allMatch(Client::isDone)
                && statuswire.leftByMappings().isEmpty()
                && world.table().requests().values().stream()
                        .filter(Request::isUnderstood)
                        .allMatch(request -> request.status().finished())
                && pages.stream().allMatch(page -> page.isLive() && isNewest(page));
    }

    private boolean isNewest(Page page) {
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

    private void checkPage(Page page) {
        if (!isNewest(page)) {
            world.checker()
                    .broken(
                            "G6",
                            "a page of %s shows %s, but there is %s"
                                    .formatted(
                                            page.owner(),
                                            page.versions(),
                                            versionsOf(page.owner())));
        }
    }
}
