package dev.statuswire.simulator.site;

import dev.statuswire.simulator.live.PageServer.ServerError;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The processes that run Statuswire: one for everything, as on one machine, or one for each
 * service, as on AWS. A process that dies is started again.
 */
final class ProcessSupervisor {

    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);

    private final DurableState world;
    private final boolean oneProcess;
    private final Map<SimulatedService, SimulatedComponents> programs =
            new EnumMap<>(SimulatedService.class);
    private final Consumer<SimulatedComponents> startMappings;

    /**
     * @param startMappings is called with each process that reads the stream
     */
    ProcessSupervisor(
            DurableState world, boolean oneProcess, Consumer<SimulatedComponents> startMappings) {
        this.world = world;
        this.oneProcess = oneProcess;
        this.startMappings = startMappings;
    }

    /** Returns whether everything runs in one process. */
    boolean isOneProcess() {
        return oneProcess;
    }

    void start() {
        if (oneProcess) {
            startWhole();
        } else {
            startAlone(SimulatedService.MAPPINGS);
        }
    }

    private void startWhole() {
        var program = program("statuswire", this::wholeDied);
        for (SimulatedService service : SimulatedService.values()) {
            programs.put(service, program);
        }
        startMappings.accept(program);
    }

    private void wholeDied() {
        world.trace().tell(() -> "the process was killed");
        programs.clear();
        world.sockets().dropAll();
        world.scheduler()
                .startAfter(world.choices().upTo(LONGEST_OUTAGE), "statuswire", this::startWhole);
    }

    private SimulatedComponents startAlone(SimulatedService service) {
        var program = program(service.name(), () -> died(service));
        programs.put(service, program);
        if (service == SimulatedService.MAPPINGS) {
            startMappings.accept(program);
        }
        return program;
    }

    private void died(SimulatedService service) {
        world.trace().tell(() -> service + " was killed");
        programs.remove(service);
        if (service == SimulatedService.MAPPINGS) {
            world.scheduler().start("mappings", () -> startAlone(service));
        }
    }

    /** Creates a process of either release while a release is rolled out or rolled back. */
    private SimulatedComponents program(String name, Runnable onDeath) {
        boolean isOfPreviousRelease =
                world.mixesReleases()
                        && !world.choices().areFaultsStopped()
                        && world.choices().oneIn(2);
        return new SimulatedComponents(world, host(name, onDeath), isOfPreviousRelease);
    }

    /** Kills the processes of the previous release, which are then started again. */
    void upgrade() {
        List.copyOf(programs.values()).stream()
                .filter(SimulatedComponents::isOfPreviousRelease)
                .forEach(program -> program.host().kill());
    }

    private SimulatedProcess host(String name, Runnable onDeath) {
        Duration most = world.mostSkew();
        Duration skew =
                world.choices().oneIn(3)
                        ? world.choices().upTo(most.multipliedBy(2)).minus(most)
                        : Duration.ZERO;
        return new SimulatedProcess(
                name, world.scheduler(), world.choices().random(), skew, onDeath);
    }

    /**
     * Returns the process that runs {@code service}.
     *
     * @throws ServerError if it is down
     */
    SimulatedComponents on(SimulatedService service) {
        SimulatedComponents running = programs.get(service);
        if (running != null) {
            return running;
        }
        if (oneProcess) {
            throw new ServerError("the process is down");
        }
        return startAlone(service);
    }
}
