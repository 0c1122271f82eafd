package dev.statuswire.simulator.site;

import dev.statuswire.simulator.live.PageServer.ServerError;
import dev.statuswire.simulator.machine.Host;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The processes that run Statuswire: one for everything, as on one machine, or one for each
 * service, as on AWS. One that dies is started anew.
 */
final class Site {

    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);

    private final World world;
    private final boolean oneProcess;
    private final Map<Service, Program> programs = new EnumMap<>(Service.class);
    private final Consumer<Program> startMappings;

    /**
     * @param startMappings is called with each process that is to read the stream
     */
    Site(World world, boolean oneProcess, Consumer<Program> startMappings) {
        this.world = world;
        this.oneProcess = oneProcess;
        this.startMappings = startMappings;
    }

    /** Whether everything runs in one process. */
    boolean isOneProcess() {
        return oneProcess;
    }

    void start() {
        if (oneProcess) {
            startWhole();
        } else {
            startAlone(Service.MAPPINGS);
        }
    }

    private void startWhole() {
        var program = program("statuswire", this::wholeDied);
        for (Service service : Service.values()) {
            programs.put(service, program);
        }
        startMappings.accept(program);
    }

    private void wholeDied() {
        world.trace().tell(() -> "the process was killed");
        programs.clear();
        world.sockets().dropAll();
        world.scheduler()
                .startAfter(world.chances().upTo(LONGEST_OUTAGE), "statuswire", this::startWhole);
    }

    private Program startAlone(Service service) {
        var program = program(service.name(), () -> died(service));
        programs.put(service, program);
        if (service == Service.MAPPINGS) {
            startMappings.accept(program);
        }
        return program;
    }

    private void died(Service service) {
        world.trace().tell(() -> service + " was killed");
        programs.remove(service);
        if (service == Service.MAPPINGS) {
            world.scheduler().start("mappings", () -> startAlone(service));
        }
    }

    /** While a new release is rolled out, or rolled back, either one starts. */
    private Program program(String name, Runnable onDeath) {
        boolean isOfPreviousRelease =
                world.mixesReleases() && !world.chances().isCalm() && world.chances().oneIn(2);
        return new Program(world, host(name, onDeath), isOfPreviousRelease);
    }

    /** What is of the previous release ends, and is started anew. */
    void upgrade() {
        List.copyOf(programs.values()).stream()
                .filter(Program::isOfPreviousRelease)
                .forEach(program -> program.host().kill());
    }

    private Host host(String name, Runnable onDeath) {
        Duration most = world.mostSkew();
        Duration skew =
                world.chances().oneIn(3)
                        ? world.chances().upTo(most.multipliedBy(2)).minus(most)
                        : Duration.ZERO;
        return new Host(name, world.scheduler(), world.chances().random(), skew, onDeath);
    }

    /**
     * The process that does this.
     *
     * @throws ServerError where it is down
     */
    Program on(Service service) {
        Program running = programs.get(service);
        if (running != null) {
            return running;
        }
        if (oneProcess) {
            throw new ServerError("down");
        }
        return startAlone(service);
    }
}
