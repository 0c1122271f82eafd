package dev.statuswire.simulator.site;

import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.settings.PublicUrl;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.notifier.LiveHandler;
import dev.statuswire.notifier.StatusNotifier;
import dev.statuswire.processor.SqsTimers;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.TimerHandler;
import dev.statuswire.processor.Timers;
import dev.statuswire.processor.Worker;
import dev.statuswire.processor.WorkerInvoker;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.StepLinks;
import dev.statuswire.simulator.check.LinkChecker;
import dev.statuswire.simulator.check.WriterRole;
import dev.statuswire.simulator.database.SimulatedEngine;
import dev.statuswire.simulator.database.SimulatedLinks;
import dev.statuswire.simulator.database.SimulatedStore;
import dev.statuswire.simulator.database.UnreliableCalls;
import dev.statuswire.simulator.live.SimulatedConnections;
import dev.statuswire.simulator.live.SimulatedGateway;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Wires the product's classes for one process. */
final class SimulatedComponents {

    private static final PublicUrl PAGE = PublicUrl.of(URI.create("https://statuswire.test"));

    private final DurableState world;
    private final SimulatedProcess host;
    private final boolean isOfPreviousRelease;
    private final RequestTypes types;
    private @Nullable StreamProcessor processor;

    /**
     * @param isOfPreviousRelease whether the process lacks a request type, and submits as the
     *     previous release did
     */
    SimulatedComponents(DurableState world, SimulatedProcess host, boolean isOfPreviousRelease) {
        this.world = world;
        this.host = host;
        this.isOfPreviousRelease = isOfPreviousRelease;
        this.types =
                SimulatedTypes.of(
                        host,
                        world.choices(),
                        world.checker(),
                        world.sentLinks(),
                        lease().multipliedBy(2),
                        isOfPreviousRelease);
    }

    boolean isOfPreviousRelease() {
        return isOfPreviousRelease;
    }

    SimulatedProcess host() {
        return host;
    }

    private Duration lease() {
        return world.transitions().timing().lease();
    }

    private UnreliableCalls calls(Function<String, ? extends RuntimeException> failure) {
        return new UnreliableCalls(
                host, world.choices(), lease().multipliedBy(3), lease(), failure);
    }

    UnreliableCalls storeCalls() {
        return calls(how -> new StoreException("call", new IllegalStateException(how)));
    }

    SimulatedStore store(WriterRole role) {
        return new SimulatedStore(
                world.table(), role, host, storeCalls(), world.transitions(), isOfPreviousRelease);
    }

    SimulatedEngine engine() {
        return new SimulatedEngine(
                world.stream(),
                world.positions(),
                host,
                world.choices(),
                calls(SdkClientException::create));
    }

    /** Creates and opens links as a process with this role does. */
    Links links(WriterRole role) {
        return new Links(
                linkStore(),
                store(role),
                world.transitions(),
                world.choices().random(),
                host.timeAndRandomness().clock());
    }

    /** Starts to check one use of a link by this process. */
    LinkChecker.Use use(LinkSecret secret) {
        return world.checker().links().use(secret.linkId(), host.latestShown());
    }

    private SimulatedLinks linkStore() {
        return new SimulatedLinks(world.links(), host, storeCalls());
    }

    private RequestRunner runner() {
        return new RequestRunner(
                store(WriterRole.WORKER),
                world.transitions(),
                types,
                TypeEnvironments.empty(),
                new StepLinks(links(WriterRole.WORKER), () -> Optional.of(PAGE)),
                Metrics.NONE,
                host.timeAndRandomness(),
                step -> host.scheduler().start("step", step));
    }

    /**
     * Returns the stream processor, which all invocations share because it remembers new requests.
     *
     * @param worker creates the function that receives slow requests
     */
    StreamProcessor processor(Supplier<WorkerInvoker> worker, ProcessSupervisor site) {
        if (processor == null) {
            processor =
                    new StreamProcessor(
                            new StreamProcessor.Collaborators(
                                    types,
                                    runner(),
                                    worker.get(),
                                    timers(site),
                                    FunctionHost.NONE,
                                    new UnreadableItems(Metrics.NONE),
                                    host.timeAndRandomness()));
        }
        return processor;
    }

    private Timers timers(ProcessSupervisor site) {
        return new SqsTimers(
                new TimerQueue(world, site, host, calls(SdkClientException::create)),
                "timers",
                host.timeAndRandomness().clock());
    }

    Worker worker() {
        return new Worker(
                new Worker.Collaborators(store(WriterRole.WORKER), runner(), FunctionHost.NONE));
    }

    Sweeper sweeper(ProcessSupervisor site) {
        SimulatedStore store = store(WriterRole.SWEEPER);
        return new Sweeper(
                new Sweeper.Collaborators(
                        store,
                        store,
                        world.transitions(),
                        timers(site),
                        world.sweepEvery(),
                        FunctionHost.NONE,
                        host.timeAndRandomness()));
    }

    TimerHandler timerHandler(ProcessSupervisor site) {
        return new TimerHandler(
                new TimerHandler.Collaborators(
                        store(WriterRole.SWEEPER),
                        world.transitions(),
                        timers(site),
                        FunctionHost.NONE,
                        host.timeAndRandomness()));
    }

    StatusNotifier notifier() {
        return new StatusNotifier(
                new StatusNotifier.Collaborators(
                        types,
                        connections(),
                        linkStore(),
                        new SimulatedGateway(world.sockets(), calls(SdkClientException::create)),
                        FunctionHost.NONE,
                        new UnreadableItems(Metrics.NONE),
                        host.timeAndRandomness()));
    }

    LiveHandler live() {
        return new LiveHandler(connections(), FunctionHost.NONE);
    }

    private SimulatedConnections connections() {
        return new SimulatedConnections(world.subscriptions(), storeCalls());
    }
}
