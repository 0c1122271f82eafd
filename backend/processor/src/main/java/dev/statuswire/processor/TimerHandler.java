package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer of the queue of timers: offers the requests whose timers went off, if they are still due
 * then. A message that comes twice, or too late, does nothing.
 */
public final class TimerHandler implements RequestHandler<SQSEvent, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(TimerHandler.class);
    private static final int MARGIN_MILLIS = 5_000;

    private final DueOffers offers;
    private final Timers timers;
    private final FunctionHost host;
    private final InstantSource clock;

    /** As Lambda makes it: everything from the environment. */
    public TimerHandler() {
        this(Environment.ofProcess());
    }

    /** As the no-argument constructor makes it, from these variables. */
    public TimerHandler(Environment environment) {
        this(new Wiring(environment));
    }

    private TimerHandler(Wiring wiring) {
        this(
                wiring.store(),
                wiring.transitions(),
                wiring.timers(),
                wiring.host(),
                TimeAndChance.real());
        host.beforeSnapshot(wiring.priming());
    }

    /**
     * A handler of {@code store}.
     *
     * @param timers for what is not due yet, by the clock of this process
     */
    public TimerHandler(
            RequestStore store,
            Transitions transitions,
            Timers timers,
            Metrics metrics,
            TimeAndChance timeAndChance) {
        this(store, transitions, timers, FunctionHost.keeping(metrics), timeAndChance);
    }

    private TimerHandler(
            RequestStore store,
            Transitions transitions,
            Timers timers,
            FunctionHost host,
            TimeAndChance timeAndChance) {
        this.offers = new DueOffers(store, transitions, host, timeAndChance.clock(), "timer");
        this.timers = timers;
        this.host = host;
        this.clock = timeAndChance.clock();
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public Void handleRequest(SQSEvent event, Context context) {
        host.handle(event, context, () -> wentOff(event, context));
        return null;
    }

    private int wentOff(SQSEvent event, Context context) {
        Instant now = clock.instant();
        List<DueRequest> all =
                event.getRecords().stream()
                        .flatMap(message -> read(message.getBody()).stream())
                        .distinct()
                        .toList();
        timers.set(all.stream().filter(one -> !one.isDue(now)).toList());
        return offers.all(
                        all.stream().filter(one -> one.isDue(now)).toList(),
                        () -> context.getRemainingTimeInMillis() > MARGIN_MILLIS)
                .size();
    }

    private static List<DueRequest> read(String body) {
        return TimerMessage.read(body)
                .orElseGet(
                        () -> {
                            LOG.error("not a message of a timer; dropping it: {}", body);
                            return List.of();
                        });
    }
}
