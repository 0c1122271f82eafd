package dev.statuswire.simulator.site;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.processor.WorkerInvoker;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.database.UnreliableCalls;
import dev.statuswire.simulator.machine.ProcessKilledError;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.Map;

/**
 * Asynchronous invocations of the worker. An accepted event may be lost, delivered twice, or late.
 */
final class WorkerQueue implements WorkerInvoker {

    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final Duration SHORT_TIME = Duration.ofSeconds(20);
    private static final int TRIES = 3;

    private final DurableState world;
    private final ProcessSupervisor site;
    private final SimulatedProcess caller;
    private final UnreliableCalls calls;

    WorkerQueue(DurableState world, ProcessSupervisor site, SimulatedComponents caller) {
        this.world = world;
        this.site = site;
        this.caller = caller.host();
        this.calls = caller.storeCalls();
    }

    @Override
    public void start(RequestKey key) {
        calls.write(
                () -> {
                    RandomChoices choices = world.choices();
                    if (!choices.happens(SimulatedFault.HAND_OVER_LOST)) {
                        enqueue(key, 1);
                    }
                    if (choices.happens(SimulatedFault.HAND_OVER_TWICE)) {
                        enqueue(key, 1);
                    }
                    return key;
                });
    }

    private void enqueue(RequestKey key, int tries) {
        world.scheduler()
                .startAfter(world.choices().upTo(LATEST), "worker " + key, () -> work(key, tries));
    }

    private void work(RequestKey key, int tries) {
        Duration time = world.choices().oneIn(4) ? SHORT_TIME : world.workerTime();
        var context = new InvocationContext(world.scheduler(), time);
        try {
            SimulatedComponents program = site.on(SimulatedService.WORKER);
            Interruptions.during(
                    world,
                    () ->
                            program.worker()
                                    .handleRequest(
                                            Map.of("owner", key.owner(), "id", key.id()), context));
        } catch (ProcessKilledError | RuntimeException failed) {
            retry(key, tries);
        }
    }

    /**
     * Retries, unless the process that handed the request over is dead, because its queue may have
     * died with it.
     */
    private void retry(RequestKey key, int tries) {
        if (tries < TRIES && !caller.isDead()) {
            enqueue(key, tries + 1);
        }
    }
}
