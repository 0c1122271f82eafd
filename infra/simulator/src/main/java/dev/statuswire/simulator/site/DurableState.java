package dev.statuswire.simulator.site;

import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.check.GuaranteeChecker;
import dev.statuswire.simulator.check.TraceListener;
import dev.statuswire.simulator.database.LinkTable;
import dev.statuswire.simulator.database.Positions;
import dev.statuswire.simulator.database.SimulatedTable;
import dev.statuswire.simulator.database.StreamLog;
import dev.statuswire.simulator.live.SimulatedSockets;
import dev.statuswire.simulator.live.SubscriptionTable;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state that outlives every process.
 *
 * @param pushesSuffice whether the live side has no faults that only another read repairs
 * @param mostSkew how far a clock may be wrong, in either direction
 * @param mixesReleases whether processes of two releases run until the faults stop
 * @param workerTime how long most invocations of the worker last
 * @param punctual whether no fault delays timers, the sweeper and the stream, and clocks are right,
 *     so that a due request must be handled within seconds
 * @param sentLinks empty if the schedule has no links
 */
public record DurableState(
        Scheduler scheduler,
        RandomChoices choices,
        GuaranteeChecker checker,
        TraceListener trace,
        StreamLog stream,
        SimulatedTable table,
        Positions positions,
        SubscriptionTable subscriptions,
        LinkTable links,
        SimulatedSockets sockets,
        Transitions transitions,
        boolean pushesSuffice,
        Duration mostSkew,
        boolean mixesReleases,
        Duration workerTime,
        boolean punctual,
        Optional<SentLinks> sentLinks) {

    /** Creates an empty state. */
    public static DurableState of(
            Scheduler scheduler,
            RandomChoices choices,
            TraceListener trace,
            Transitions transitions,
            boolean pushesSuffice,
            Duration mostSkew,
            boolean mixesReleases,
            Duration workerTime,
            boolean punctual,
            boolean hasLinks) {
        var checker = new GuaranteeChecker(punctual);
        var stream = new StreamLog(scheduler, choices);
        return new DurableState(
                scheduler,
                choices,
                checker,
                trace,
                stream,
                new SimulatedTable(scheduler, checker, stream, trace),
                new Positions(),
                new SubscriptionTable(),
                new LinkTable(checker.links(), trace),
                new SimulatedSockets(scheduler, choices),
                transitions,
                pushesSuffice,
                mostSkew,
                mixesReleases,
                workerTime,
                punctual,
                hasLinks ? Optional.of(new SentLinks()) : Optional.empty());
    }

    /** Returns a minute, or less if a lease or the start grace is shorter. */
    Duration sweepEvery() {
        TransitionTiming timing = transitions.timing();
        return Stream.of(DeliverySettings.SWEEP_EVERY, timing.lease(), timing.startGrace())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
