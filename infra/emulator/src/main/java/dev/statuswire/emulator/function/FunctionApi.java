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
 * Lambda's Invoke API on a loopback port. An SDK's {@code LambdaClient} with this endpoint invokes
 * the registered functions synchronously or asynchronously. A function's concurrency limit applies
 * to invocations through this API, but not to those of event source mappings.
 *
 * <p>Thread-safe.
 */
public final class FunctionApi {

    private static final Logger log = LoggerFactory.getLogger(FunctionApi.class);

    private final Map<String, RegisteredFunction<?, ?>> functions = new ConcurrentHashMap<>();
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
     * Opens the port. Functions can be registered later, so a function can use a client of this
     * endpoint itself.
     *
     * @param port the port; 0 selects a free one
     * @param steady measures the age of events and the remaining time of invocations
     * @throws PortException if the port is taken
     */
    public static FunctionApi open(int port, AsyncRules rules, InstantSource steady) {
        return new FunctionApi(port, rules, steady);
    }

    /**
     * Registers a function so that it can be invoked by its name.
     *
     * @throws IllegalArgumentException if the name is already registered
     */
    public void register(FunctionDefinition<?, ?> function) {
        if (functions.putIfAbsent(function.name(), new RegisteredFunction<>(function, steady))
                != null) {
            throw new IllegalArgumentException(
                    "a function named " + function.name() + " is already registered");
        }
    }

    /** Returns the endpoint for a {@code LambdaClient}. Any credentials and region work. */
    public URI endpoint() {
        return server.uri();
    }

    /**
     * Stops: rejects new calls (503), drops events that are not running yet, gives running
     * invocations {@code deadline} to finish, interrupts those that are left, and closes the port.
     * Blocks until then.
     *
     * @return whether all running asynchronous invocations finished without an interrupt
     */
    public boolean stop(Duration deadline) throws InterruptedException {
        handler.rejectCalls();
        boolean finished = asynchronous.stop(deadline);
        server.close();
        logTails.detach();
        log.info(
                "the Invoke API stopped; {}",
                finished ? "all running events finished" : "interrupted the events still running");
        return finished;
    }
}
