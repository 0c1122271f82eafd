package dev.statuswire.simulator.site;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.processor.WorkerFunction;
import dev.statuswire.simulator.chance.Chances;
import dev.statuswire.simulator.chance.Fault;
import dev.statuswire.simulator.database.Calls;
import dev.statuswire.simulator.machine.Host;
import dev.statuswire.simulator.machine.HostDied;
import java.time.Duration;
import java.util.Map;

/** Asynchronous invocations of the worker: what is taken may be lost, come twice, or come late. */
final class WorkerQueue implements WorkerFunction {

    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final Duration SHORT_TIME = Duration.ofSeconds(20);
    private static final int TRIES = 3;

    private final World world;
    private final Site site;
    private final Host caller;
    private final Calls calls;

    WorkerQueue(World world, Site site, Program caller) {
        this.world = world;
        this.site = site;
        this.caller = caller.host();
        this.calls = caller.storeCalls();
    }

    @Override
    public void start(RequestKey key) {
        calls.write(
                () -> {
                    Chances chances = world.chances();
                    if (!chances.happens(Fault.HAND_OVER_LOST)) {
                        enqueue(key, 1);
                    }
                    if (chances.happens(Fault.HAND_OVER_TWICE)) {
                        enqueue(key, 1);
                    }
                    return key;
                });
    }

    private void enqueue(RequestKey key, int tries) {
        world.scheduler()
                .startAfter(world.chances().upTo(LATEST), "worker " + key, () -> work(key, tries));
    }

    private void work(RequestKey key, int tries) {
        Duration time = world.chances().oneIn(4) ? SHORT_TIME : world.workerTime();
        var context = new InvocationContext(world.scheduler(), time);
        try {
            Program program = site.on(Service.WORKER);
            Interruptions.during(
                    world,
                    () ->
                            program.worker()
                                    .handleRequest(
                                            Map.of("owner", key.owner(), "id", key.id()), context));
        } catch (HostDied | RuntimeException failed) {
            again(key, tries);
        }
    }

    /** The queue is the service's, or dies with the process. */
    private void again(RequestKey key, int tries) {
        if (tries < TRIES && !caller.isDead()) {
            enqueue(key, tries + 1);
        }
    }
}
