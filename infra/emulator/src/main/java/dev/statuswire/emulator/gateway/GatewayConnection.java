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
 * One client, from the moment that {@code $connect} accepted it until {@code $disconnect} was
 * called, which happens once. Thread-safe; no method blocks.
 */
final class GatewayConnection {

    private enum State {
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
    private final CompletableFuture<Void> saidGoodbye = new CompletableFuture<>();
    private final Object lock = new Object();
    private State state = State.ACCEPTED;
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

    /** A point in time by the wall clock, which is shown, and by the steady one. */
    private record Moment(Instant shown, Instant steady) {}

    private Moment now() {
        return new Moment(clock.instant(), steady.instant());
    }

    /** When a message last came in or was taken for sending, by the wall clock. */
    Instant lastActiveAt() {
        return lastActivity.shown();
    }

    /** Whether a backend can reach it. Not any more from the moment that it is being closed. */
    boolean isReachable() {
        synchronized (lock) {
            return state == State.ACCEPTED || state == State.OPEN;
        }
    }

    ConnectionTimes times() {
        synchronized (lock) {
            return new ConnectionTimes(
                    facts.startedAt(),
                    acceptedAt,
                    lastActivity.steady(),
                    state != State.ACCEPTED,
                    closingSince);
        }
    }

    /** The socket is open: what was sent since {@code $connect} goes out. */
    void opened(FragmentSender wire) {
        synchronized (lock) {
            if (state == State.ACCEPTED) {
                state = State.OPEN;
            }
        }
        outbound.open(wire);
    }

    /**
     * Puts a message behind those that wait to be sent.
     *
     * @param message well-formed UTF-8; not changed afterwards
     */
    Offer send(byte[] message) {
        if (!isReachable()) {
            return Offer.CLOSED;
        }
        Moment taken = now(); // its client may have it before the offer returns
        Offer offer = outbound.offer(message);
        if (offer == Offer.ACCEPTED) {
            lastActivity = taken;
        }
        return offer;
    }

    /**
     * A message came.
     *
     * @param whenRoom called when the next one may be read
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
            LOG.info("{} is {}; the reply is lost: {}", facts.id(), offer, text);
        }
    }

    /** Closes after what is already on its way; for a backend it is gone at once. */
    void close(CloseReason reason) {
        synchronized (lock) {
            if (state == State.CLOSING || state == State.CLOSED) {
                return;
            }
            moveTo(State.CLOSING);
        }
        outbound.closeAfterwards(reason);
    }

    /** Ends the connection without waiting for the client. Can be repeated. */
    void abandon() {
        synchronized (lock) {
            abandoned = true;
        }
        outbound.abandon();
        closed();
    }

    /**
     * The socket is closed, or will not open: {@code $disconnect} follows what came before it. What
     * Jetty still has to send, such as the answer to a close frame, it can send until the
     * connection is abandoned.
     */
    void closed() {
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            moveTo(State.CLOSED);
        }
        socketClosed.complete(null);
        lane.add(0, this::sayGoodbye, () -> {});
    }

    /** Completes when the socket is closed. */
    CompletableFuture<Void> socketClosed() {
        return socketClosed;
    }

    /** Completes when {@code $disconnect} has returned. */
    CompletableFuture<Void> saidGoodbye() {
        return saidGoodbye;
    }

    /** Whether nothing is left to do for it. */
    boolean isOver() {
        synchronized (lock) {
            return abandoned && saidGoodbye.isDone();
        }
    }

    private void moveTo(State next) {
        state = next;
        if (closingSince.isEmpty()) {
            closingSince = Optional.of(steady.instant());
        }
    }

    private void sayGoodbye() {
        try {
            integration.disconnect(facts);
        } finally {
            saidGoodbye.complete(null);
        }
    }
}
