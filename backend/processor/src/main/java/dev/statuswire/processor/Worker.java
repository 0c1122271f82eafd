package dev.statuswire.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.PrimingEvents;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.TimeLeft;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes slow requests, one per invocation. The event is {@code {"owner":…,"id":…}}. A duplicate
 * or late event has no effect.
 *
 * <p>Before a snapshot it receives the key of a request that does not exist; it looks for the
 * request and does nothing.
 */
public final class Worker implements RequestHandler<Map<String, String>, Void> {

    static final String OWNER = "owner";
    static final String ID = "id";

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final RequestStore store;
    private final RequestRunner runner;
    private final FunctionHost host;

    /** The collaborators of the handler. */
    public record Collaborators(RequestStore store, RequestRunner runner, FunctionHost host) {}

    /** Creates the handler from the environment of the process, as Lambda does. */
    public Worker() {
        this(collaborators(Environment.ofProcess()));
    }

    /** Creates the handler with all its collaborators. */
    public Worker(Collaborators with) {
        this.store = with.store();
        this.runner = with.runner();
        this.host = with.host();
        host.beforeSnapshot(
                this, Map.of(OWNER, PrimingEvents.REQUEST.owner(), ID, PrimingEvents.REQUEST.id()));
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static Worker of(Environment environment) {
        return new Worker(collaborators(environment));
    }

    private static Collaborators collaborators(Environment environment) {
        var components = new ProcessorComponents(environment);
        return new Collaborators(components.store(), components.runner(), components.host());
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public Void handleRequest(Map<String, String> event, Context context) {
        host.handle(event, context, () -> work(event, context));
        return null;
    }

    private boolean work(Map<String, String> event, Context context) {
        var key =
                new RequestKey(
                        Objects.requireNonNull(event.get(OWNER), OWNER),
                        Objects.requireNonNull(event.get(ID), ID));
        Optional<Request> accepted =
                store.find(key).filter(request -> request.status() == Status.ACCEPTED);
        if (accepted.isEmpty()) {
            LOG.debug("{} does not exist or is not ACCEPTED; ignoring the event", key);
            return false;
        }
        try {
            runner.run(accepted.get(), TimeLeft.ofInvocation(context));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.info("work on {} was interrupted; another worker will continue it", key);
        }
        return true;
    }
}
