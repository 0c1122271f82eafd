package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.ConnectionTimes.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of the gateway, by id. Thread-safe; no method blocks. */
final class GatewayConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayConnections.class);

    private final ConcurrentMap<String, GatewayConnection> byId = new ConcurrentHashMap<>();
    private final GatewayLimits limits;
    private final InstantSource steady;
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("gateway-sweeper").factory());

    GatewayConnections(GatewayLimits limits, InstantSource steady) {
        this.limits = limits;
        this.steady = steady;
    }

    void add(GatewayConnection connection) {
        byId.put(connection.facts().id(), connection);
    }

    /** Returns the connection, or empty if it is unknown, not accepted yet, or being closed. */
    Optional<GatewayConnection> reachable(String id) {
        return Optional.ofNullable(byId.get(id)).filter(GatewayConnection::isReachable);
    }

    int reachableCount() {
        return (int) byId.values().stream().filter(GatewayConnection::isReachable).count();
    }

    /**
     * Returns all connections, including those being closed or with a pending {@code $disconnect}.
     */
    Collection<GatewayConnection> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Closes connections that are idle or too old, abandons unresponsive ones, and forgets ended
     * ones.
     */
    void sweepOnce() {
        Instant now = steady.instant();
        byId.values().removeIf(GatewayConnection::isOver);
        for (GatewayConnection connection : byId.values()) {
            Due due = connection.times().dueAt(now, limits);
            switch (due) {
                case NOTHING -> {}
                case CLOSE -> connection.close(CloseReason.GOING_AWAY);
                case ABANDON -> connection.abandon();
            }
        }
    }

    /** Sweeps every {@code interval} until {@link #close}. */
    void startSweeping(Duration interval) {
        long nanos = interval.toNanos();
        var _ =
                sweeper.scheduleWithFixedDelay(
                        () -> sweepAndLog(interval), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void sweepAndLog(Duration interval) {
        try {
            sweepOnce();
        } catch (RuntimeException failure) {
            LOG.error("sweep failed; retrying in {}", interval, failure);
        }
    }

    /** Stops sweeping. The connections stay open. */
    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
