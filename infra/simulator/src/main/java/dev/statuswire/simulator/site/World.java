package dev.statuswire.simulator.site;

import dev.statuswire.core.settings.Delivery;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.simulator.chance.Chances;
import dev.statuswire.simulator.check.Checker;
import dev.statuswire.simulator.check.Trace;
import dev.statuswire.simulator.database.Positions;
import dev.statuswire.simulator.database.StreamLog;
import dev.statuswire.simulator.database.Table;
import dev.statuswire.simulator.live.Sockets;
import dev.statuswire.simulator.live.SubscriptionTable;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What outlives every process.
 *
 * @param pushesSuffice whether nothing befalls the live side that only reading again makes good
 * @param mostSkew how far a clock may be off, either way
 * @param mixesReleases whether processes of two releases are started, until it is calm
 * @param workerTime how long most invocations of the worker last
 * @param punctual whether no fault delays timers, the sweeper and the stream, and clocks are right,
 *     so that a due request must be handled within seconds
 */
public record World(
        Scheduler scheduler,
        Chances chances,
        Checker checker,
        Trace trace,
        StreamLog stream,
        Table table,
        Positions positions,
        SubscriptionTable subscriptions,
        Sockets sockets,
        Transitions transitions,
        boolean pushesSuffice,
        Duration mostSkew,
        boolean mixesReleases,
        Duration workerTime,
        boolean punctual) {

    /** A new one, empty. */
    public static World of(
            Scheduler scheduler,
            Chances chances,
            Trace trace,
            Transitions transitions,
            boolean pushesSuffice,
            Duration mostSkew,
            boolean mixesReleases,
            Duration workerTime,
            boolean punctual) {
        var checker = new Checker(punctual);
        var stream = new StreamLog(scheduler, chances);
        return new World(
                scheduler,
                chances,
                checker,
                trace,
                stream,
                new Table(scheduler, checker, stream, trace),
                new Positions(),
                new SubscriptionTable(),
                new Sockets(scheduler, chances),
                transitions,
                pushesSuffice,
                mostSkew,
                mixesReleases,
                workerTime,
                punctual);
    }

    /** Each minute; more often if a lease or the start grace is shorter. */
    Duration sweepEvery() {
        Timing timing = transitions.timing();
        return Stream.of(Delivery.SWEEP_EVERY, timing.lease(), timing.startGrace())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
