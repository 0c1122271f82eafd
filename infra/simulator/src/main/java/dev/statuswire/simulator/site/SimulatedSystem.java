package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.MappingSettings;
import dev.statuswire.simulator.check.LinkChecker;
import dev.statuswire.simulator.check.WriterRole;
import dev.statuswire.simulator.live.PageServer;
import dev.statuswire.simulator.machine.ProcessKilledError;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The whole system, as its users see it. */
public final class SimulatedSystem implements PageServer {

    private static final Duration FUNCTION_TIME = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMinutes(1);

    private final DurableState world;
    private final ProcessSupervisor site;
    private final DeliveryLedger toProcessor = new DeliveryLedger();
    private final DeliveryLedger toNotifier = new DeliveryLedger();
    private boolean discarded;

    /**
     * @param oneProcess whether everything runs in one process
     */
    public SimulatedSystem(DurableState world, boolean oneProcess) {
        this.world = world;
        this.site = new ProcessSupervisor(world, oneProcess, this::startMappings);
    }

    /** Starts the system. */
    public void start() {
        world.scheduler().start("site", site::start);
        world.scheduler().start("sweep", this::sweep);
    }

    /** Completes the rollout of the release. */
    public void upgrade() {
        site.upgrade();
    }

    private void startMappings(SimulatedComponents program) {
        SimulatedProcess host = program.host();
        start(
                program,
                "processor",
                new FunctionDelivery(world, host, toProcessor, false, this::processor),
                StreamDelivery.ACCEPTED_OR_DUE_LATER);
        start(
                program,
                "notifier",
                new FunctionDelivery(
                        world, host, toNotifier, world.pushesSuffice(), this::notifier));
    }

    private RequestHandler<DynamodbEvent, StreamsEventResponse> processor() {
        SimulatedComponents running = site.on(SimulatedService.PROCESSOR);
        return running.processor(() -> new WorkerQueue(world, site, running), site);
    }

    private RequestHandler<DynamodbEvent, StreamsEventResponse> notifier() {
        return site.on(SimulatedService.NOTIFIER).notifier();
    }

    private void start(
            SimulatedComponents program, String id, FunctionDelivery delivery, String... filters) {
        int attempts = world.pushesSuffice() ? MappingSettings.UNLIMITED : 10;
        // A clock that is set an hour ahead ages records by an hour.
        Duration oldest =
                world.pushesSuffice() ? MappingSettings.UNTIL_TRIMMED : Duration.ofHours(1);
        int size = world.punctual() ? StreamDelivery.BATCH_SIZE : world.choices().between(1, 100);
        int factor =
                world.punctual()
                        ? StreamDelivery.PARALLELIZATION_FACTOR
                        : world.choices().between(1, 3);
        new EventSourceMapping(
                        MappingSettings.of(id, "requests", "positions")
                                .withFilters(filters)
                                .withBatches(size, factor)
                                .withRetries(attempts, oldest)
                                .withPolling(POLL, true),
                        program.engine(),
                        new FunctionDefinition<>(id, DynamodbEvent.class, delivery, FUNCTION_TIME),
                        json -> discarded = true,
                        program.host().emulatorTime())
                .start();
    }

    /**
     * Returns a description of what the mappings have not processed once the system is idle; empty
     * if they have processed everything.
     */
    public Optional<String> leftByMappings() {
        var owed = new TreeSet<>(toProcessor.owed());
        owed.addAll(toNotifier.owed());
        if (!owed.isEmpty() && !discarded) {
            return Optional.of("records failed and were never redelivered: " + owed);
        }
        return world.positions().isEachAt(world.stream().lastNumber())
                ? Optional.empty()
                : Optional.of("a position has not reached " + world.stream().lastNumber());
    }

    private void sweep() {
        try {
            site.on(SimulatedService.SWEEPER)
                    .sweeper(site)
                    .handleRequest(
                            new ScheduledEvent(),
                            new InvocationContext(world.scheduler(), FUNCTION_TIME));
        } catch (ProcessKilledError | RuntimeException failed) {
            world.trace().tell(() -> "the sweep failed: " + failed.getMessage());
        }
        world.scheduler().startAfter(world.sweepEvery(), "sweep", this::sweep);
    }

    /** Calls the API. Every failure looks the same to the caller. */
    <T> T call(Function<SimulatedComponents, T> call) {
        try {
            return call.apply(site.on(SimulatedService.API));
        } catch (ProcessKilledError | StoreException failed) {
            throw new ServerError(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public RequestPage list(ListQuery query) {
        return call(api -> api.store(WriterRole.API).list(query));
    }

    @Override
    public Optional<Request> status(RequestKey key) {
        return call(api -> api.store(WriterRole.API).find(key));
    }

    @Override
    public Optional<Links.Opened> open(LinkSecret secret) {
        return call(
                api -> {
                    LinkChecker.Use use = api.use(secret);
                    Optional<Links.Opened> opened = api.links(WriterRole.API).open(secret.text());
                    opened.ifPresentOrElse(
                            it -> use.gave(it.request()),
                            () -> use.gaveNothing(api.host().latestShown()));
                    return opened;
                });
    }

    @Override
    public String live(Topic topic, String connectionId, String route) {
        var from = new APIGatewayV2WebSocketEvent.RequestContext();
        from.setRouteKey(route);
        from.setConnectionId(connectionId);
        from.setAuthorizer(
                topic.requestId() == null
                        ? Map.of("owner", topic.owner())
                        : Map.of("linkOwner", topic.owner(), "linkRequest", topic.requestId()));
        var event = new APIGatewayV2WebSocketEvent();
        event.setRequestContext(from);
        try {
            var response =
                    site.on(SimulatedService.LIVE)
                            .live()
                            .handleRequest(
                                    event, new InvocationContext(world.scheduler(), FUNCTION_TIME));
            return String.valueOf(response.getBody());
        } catch (ProcessKilledError failed) {
            throw new ServerError(String.valueOf(failed.getMessage()));
        }
    }
}
