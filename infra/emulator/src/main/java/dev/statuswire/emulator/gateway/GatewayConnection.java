package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.OutboundMessages.Offer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection, from its acceptance by {@code $connect} until {@code $disconnect} was
 * called, which happens once. Thread-safe; no method blocks.
 */
final class GatewayConnection {

    private enum ConnectionState {
        ACCEPTED,
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(GatewayConnection.class);

    private final ConnectionFacts facts;
    private final LambdaIntegration integration;
    private final OutboundMessages outbound;
    private final InboundLane lane;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Instant acceptedAt;
    private final CompletableFuture<Void> socketClosed = new CompletableFuture<>();
    private final CompletableFuture<Void> disconnectReturned = new CompletableFuture<>();
    private final Object lock = new Object();
    private ConnectionState state = ConnectionState.ACCEPTED;
    private Optional<Instant> closingSince = Optional.empty();
    private boolean abandoned;
    private volatile Moment lastActivity;

    GatewayConnection(
            ConnectionFacts facts,
            LambdaIntegration integration,
            OutboundMessages outbound,
            InboundLane lane,
            InstantSource clock,
            InstantSource steady) {
        this.facts = facts;
        this.integration = integration;
        this.outbound = outbound;
        this.lane = lane;
        this.clock = clock;
        this.steady = steady;
        this.acceptedAt = steady.instant();
        this.lastActivity = now();
    }

    ConnectionFacts facts() {
        return facts;
    }

    /** A moment by the wall clock, for responses, and by the steady clock, for timeouts. */
    private record Moment(Instant wall, Instant steady) {}

    private Moment now() {
        return new Moment(clock.instant(), steady.instant());
    }

    /** Returns when a message was last received, or accepted for sending, by the wall clock. */
    Instant lastActiveAt() {
        return lastActivity.wall();
    }

    /** Returns whether a backend can reach the connection, that is, it is not being closed. */
    boolean isReachable() {
        synchronized (lock) {
            return state == ConnectionState.ACCEPTED || state == ConnectionState.OPEN;
        }
    }

    ConnectionTimes times() {
        synchronized (lock) {
            return new ConnectionTimes(
                    facts.startedAt(),
                    acceptedAt,
                    lastActivity.steady(),
                    state != ConnectionState.ACCEPTED,
                    closingSince);
        }
    }

    /** Called when the socket is open. Sends the messages accepted since {@code $connect}. */
    void opened(FragmentSender sender) {
        synchronized (lock) {
            if (state == ConnectionState.ACCEPTED) {
                state = ConnectionState.OPEN;
            }
        }
        outbound.open(sender);
    }

    /**
     * Enqueues a message to be sent.
     *
     * @param message well-formed UTF-8; must not be changed afterwards
     */
    Offer send(byte[] message) {
        if (!isReachable()) {
            return Offer.CLOSED;
        }
        Moment before = now(); // the client may receive it before offer() returns
        Offer offer = outbound.offer(message);
        if (offer == Offer.ACCEPTED) {
            lastActivity = before;
        }
        return offer;
    }

    /**
     * Called when a message was received.
     *
     * @param whenRoom called when the next message may be read
     */
    void received(String message, Runnable whenRoom) {
        lastActivity = now();
        int weight = message.length() + GatewayLimits.MESSAGE_OVERHEAD;
        lane.add(weight, () -> handle(message), whenRoom);
    }

    private void handle(String message) {
        integration.message(facts, message).ifPresent(this::reply);
    }

    private void reply(byte[] body) {
        Offer offer = send(body);
        if (offer != Offer.ACCEPTED) {
            String text = new String(body, StandardCharsets.UTF_8);
            LOG.info("connection {} is {}; discarding the reply: {}", facts.id(), offer, text);
        }
    }

    /** Closes the connection after the accepted messages. For backends, it is gone at once. */
    void close(CloseReason reason) {
        synchronized (lock) {
            if (state == ConnectionState.CLOSING || state == ConnectionState.CLOSED) {
                return;
            }
            moveTo(ConnectionState.CLOSING);
        }
        outbound.closeAfterwards(reason);
    }

    /** Ends the connection without waiting for the client. Idempotent. */
    void abandon() {
        synchronized (lock) {
            abandoned = true;
        }
        outbound.abandon();
        closed();
    }

    /**
     * Called when the socket is closed, or will not open. Calls {@code $disconnect} after the
     * messages received before. Until the connection is abandoned, Jetty can still send what is
     * left, such as the response to a close frame.
     */
    void closed() {
        synchronized (lock) {
            if (state == ConnectionState.CLOSED) {
                return;
            }
            moveTo(ConnectionState.CLOSED);
        }
        socketClosed.complete(null);
        lane.add(0, this::callDisconnect, () -> {});
    }

    /** Returns a future that completes when the socket is closed. */
    CompletableFuture<Void> socketClosed() {
        return socketClosed;
    }

    /** Returns a future that completes when {@code $disconnect} has returned. */
    CompletableFuture<Void> disconnectReturned() {
        return disconnectReturned;
    }

    /** Returns whether the gateway can forget the connection. */
    boolean isOver() {
        synchronized (lock) {
            return abandoned && disconnectReturned.isDone();
        }
    }

    private void moveTo(ConnectionState next) {
        state = next;
        if (closingSince.isEmpty()) {
            closingSince = Optional.of(steady.instant());
        }
    }

    private void callDisconnect() {
        try {
            integration.disconnect(facts);
        } finally {
            disconnectReturned.complete(null);
        }
    }
}
