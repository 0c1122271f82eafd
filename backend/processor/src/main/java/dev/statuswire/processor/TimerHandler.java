package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes the timer queue: offers the requests whose timers have fired, if they are still due. A
 * duplicate or late message has no effect.
 *
 * <p>Before a snapshot it receives the timer of a request that does not exist; it looks for the
 * request and does nothing.
 */
public final class TimerHandler implements RequestHandler<SQSEvent, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(TimerHandler.class);
    private static final int MARGIN_MILLIS = 5_000;

    private final DueRequestHandler offers;
    private final Timers timers;
    private final FunctionHost host;
    private final InstantSource clock;

    /**
     * The collaborators of the handler.
     *
     * @param timers for requests that are not due yet by the clock of this process
     */
    public record Collaborators(
            RequestStore store,
            Transitions transitions,
            Timers timers,
            FunctionHost host,
            TimeAndRandomness timeAndRandomness) {}

    /** Creates the handler from the environment of the process, as Lambda does. */
    public TimerHandler() {
        this(collaborators(Environment.ofProcess()));
    }

    /** Creates the handler with all its collaborators. */
    public TimerHandler(Collaborators with) {
        this.offers =
                new DueRequestHandler(
                        with.store(),
                        with.transitions(),
                        with.host(),
                        with.timeAndRandomness().clock(),
                        "timer");
        this.timers = with.timers();
        this.host = with.host();
        this.clock = with.timeAndRandomness().clock();
        host.beforeSnapshot(this, noOp());
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static TimerHandler of(Environment environment) {
        return new TimerHandler(collaborators(environment));
    }

    private static Collaborators collaborators(Environment environment) {
        var components = new ProcessorComponents(environment);
        return new Collaborators(
                components.store(),
                components.transitions(),
                components.timers(),
                components.host(),
                components.timeAndRandomness());
    }

    private static SQSEvent noOp() {
        var message = new SQSEvent.SQSMessage();
        message.setBody(
                TimerMessage.of(List.of(new DueRequest(PrimingEvents.REQUEST, Instant.EPOCH))));
        var event = new SQSEvent();
        event.setRecords(List.of(message));
        return event;
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public Void handleRequest(SQSEvent event, Context context) {
        host.handle(event, context, () -> offerDue(event, context));
        return null;
    }

    private int offerDue(SQSEvent event, Context context) {
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
                            LOG.error("not a timer message; discarding it: {}", body);
                            return List.of();
                        });
    }
}
