package dev.statuswire.emulator.function;

import dev.statuswire.emulator.loopback.LoopbackServer;
import dev.statuswire.emulator.loopback.PortException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's Invoke API on a loopback port: what an SDK's {@code LambdaClient} with this endpoint
 * calls runs here, at once or asynchronously. Reserved concurrency counts what comes in here, not
 * what an event source mapping invokes.
 *
 * <p>Thread-safe.
 */
public final class FunctionApi {

    private static final Logger log = LoggerFactory.getLogger(FunctionApi.class);

    private final Map<String, HostedFunction<?, ?>> functions = new ConcurrentHashMap<>();
    private final InstantSource steady;
    private final AsyncInvocations asynchronous;
    private final LogTails logTails;
    private final InvokeHandler handler;
    private final LoopbackServer server;

    private FunctionApi(int port, AsyncRules rules, InstantSource steady) {
        this.steady = steady;
        asynchronous = new AsyncInvocations(rules, steady);
        logTails = LogTails.attached();
        handler = new InvokeHandler(functions, asynchronous, logTails, steady);
        server = open(port);
    }

    private LoopbackServer open(int port) {
        try {
            return LoopbackServer.open("Lambda's Invoke API", port, handler);
        } catch (PortException taken) {
            logTails.detach();
            throw taken;
        }
    }

    /**
     * Opens the port. Functions may be registered later, so that they can have a client of this
     * endpoint themselves.
     *
     * @param port 0 takes a free one
     * @param steady measures the age of events and the time that remains of invocations
     * @throws PortException it is taken
     */
    public static FunctionApi open(int port, AsyncRules rules, InstantSource steady) {
        return new FunctionApi(port, rules, steady);
    }

    /**
     * Makes a function callable by its name.
     *
     * @throws IllegalArgumentException the name is registered already
     */
    public void register(LocalFunction<?, ?> function) {
        if (functions.putIfAbsent(function.name(), new HostedFunction<>(function, steady))
                != null) {
            throw new IllegalArgumentException(
                    "a function named " + function.name() + " is registered already");
        }
    }

    /** The endpoint for a {@code LambdaClient}; any credentials and region will do. */
    public URI endpoint() {
        return server.uri();
    }

    /**
     * Stops in order: new calls are refused (503), events that do not run yet are dropped, running
     * ones get until {@code deadline} from now and are then interrupted, the port closes. Blocks
     * meanwhile.
     *
     * @return whether every asynchronous invocation that ran ended by itself
     */
    public boolean stop(Duration deadline) throws InterruptedException {
        handler.refuse();
        boolean orderly = asynchronous.stop(deadline);
        server.close();
        logTails.detach();
        log.info(
                "the Invoke API stopped {}", orderly ? "in order" : "with invocations interrupted");
        return orderly;
    }
}
