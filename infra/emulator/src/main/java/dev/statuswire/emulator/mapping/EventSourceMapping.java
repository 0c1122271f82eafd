package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Invokes a function with the changes of a table as Lambda does: at least once, in order for each
 * item, until each record is processed or discarded. The position moves past a record only when
 * that record and all records before it are done. After a crash, the records behind the position
 * are redelivered.
 *
 * <p>Thread-safe. {@link #start} can be called once.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using AWS Lambda with
 *     Amazon DynamoDB</a>
 */
public final class EventSourceMapping {

    private static final Logger log = LoggerFactory.getLogger(EventSourceMapping.class);

    /** How often the mapping checks for new shards of the stream, or a new stream of the table. */
    private static final Duration DESCRIBE_EVERY = Duration.ofSeconds(10);

    /** Positions are written at most this often. */
    private static final Duration SAVE_EVERY = Duration.ofMillis(100);

    private static final Duration ERROR_PAUSE = Duration.ofSeconds(1);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(3);

    private final ShardLanes.MappingContext plan;
    private final DynamoDbEngine engine;
    private final LoopSignal wake;
    private final LoopSignal stopped;
    private @Nullable StreamConsumer stream;
    private Instant describeAt = Instant.MIN;
    private Instant saveAt = Instant.MIN;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    /** Creates a mapping with the system's clock and random numbers. Does not start it. */
    public EventSourceMapping(
            MappingSettings settings,
            DynamoDbEngine engine,
            FunctionDefinition<DynamodbEvent, ?> function,
            FailureDestination onFailure) {
        this(settings, engine, function, onFailure, EmulatorTime.real());
    }

    /** Creates a mapping. Does not start it. */
    public EventSourceMapping(
            MappingSettings settings,
            DynamoDbEngine engine,
            FunctionDefinition<DynamodbEvent, ?> function,
            FailureDestination onFailure,
            EmulatorTime time) {
        this.engine = engine;
        wake = new LoopSignal(time.waiting());
        stopped = new LoopSignal(time.waiting());
        FunctionRuntime<DynamodbEvent, ?> runtime = new FunctionRuntime<>(function, time.steady());
        RecordFilter filter = new RecordFilter(settings.filters());
        plan = new ShardLanes.MappingContext(settings, runtime, filter, onFailure, time);
    }

    /**
     * Starts to read the stream on a separate thread. If the settings enable it, each write of the
     * engine wakes it.
     */
    public void start() {
        if (plan.settings().wakeOnWrite()) {
            engine.onWrite(plan.settings().table(), this::wake);
        }
        thread = Thread.ofVirtual().name(plan.settings().id()).start(this::runUntilStopped);
    }

    /** Makes the mapping read the stream now. Returns at once; several calls count as one. */
    public void wake() {
        wake.raise();
    }

    /**
     * Stops: starts no new batch, gives running invocations {@code deadline} to finish, interrupts
     * those that are left, and writes the positions. Blocks until then.
     *
     * @return whether all running invocations finished without an interrupt
     */
    public boolean stop(Duration deadline) throws InterruptedException {
        Instant until = plan.steady().instant().plus(deadline);
        stopping = true;
        wake.raise();
        stopped.raise();
        Thread reader = thread;
        if (reader != null) {
            reader.join();
        }
        boolean finished = stopLanes(until);
        saveLastPositions();
        log.info(
                "{} stopped; {}",
                plan.settings().id(),
                finished
                        ? "all invocations finished"
                        : "interrupted the invocations still running");
        return finished;
    }

    /** Writes the positions. An unavailable database does not prevent the stop. */
    private void saveLastPositions() {
        try {
            savePositions();
        } catch (RuntimeException e) {
            log.warn(
                    "could not write the positions of {}; redelivering its last records at"
                            + " the next start",
                    plan.settings().id(),
                    e);
        }
    }

    private boolean stopLanes(Instant until) throws InterruptedException {
        List<ShardLane> lanes = stream == null ? List.of() : stream.lanes();
        lanes.forEach(ShardLane::stop);
        if (awaitAll(lanes, until)) {
            return true;
        }
        lanes.forEach(ShardLane::interrupt);
        if (!awaitAll(lanes, plan.steady().instant().plus(INTERRUPT_TIMEOUT))) {
            log.error(
                    "invocations did not stop when interrupted; redelivering their records at"
                            + " the next start");
        }
        return false;
    }

    private boolean awaitAll(List<ShardLane> lanes, Instant until) throws InterruptedException {
        boolean all = true;
        for (ShardLane lane : lanes) {
            all &= lane.awaitEnd(Duration.between(plan.steady().instant(), until));
        }
        return all;
    }

    private void runUntilStopped() {
        try {
            while (!stopping) {
                runOnce();
            }
        } catch (InterruptedException e) {
            log.debug("{} was interrupted; no longer reading", plan.settings().id());
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            boolean more = true;
            while (more && !stopping) {
                more = pollOnce();
                savePositionsIfDue();
            }
            awaitNextPoll();
        } catch (RuntimeException e) {
            log.warn(
                    "{} could not read the stream of {}; retrying in {}",
                    plan.settings().id(),
                    plan.settings().table(),
                    ERROR_PAUSE,
                    e);
            describeAt = Instant.MIN;
            stopped.await(ERROR_PAUSE);
        }
    }

    /**
     * Waits until the next poll is due, a write wakes the mapping, or a shard is done, so that its
     * children can start. Writes positions that move meanwhile.
     */
    private void awaitNextPoll() throws InterruptedException {
        Instant pollAt = plan.steady().instant().plus(plan.settings().pollInterval());
        Duration left = plan.settings().pollInterval();
        while (!stopping && left.isPositive() && !canRetire()) {
            if (wake.await(untilNextCheck(left))) {
                return;
            }
            savePositionsIfDue();
            left = Duration.between(plan.steady().instant(), pollAt);
        }
    }

    private boolean canRetire() {
        return stream != null && stream.canRetire();
    }

    /**
     * Returns how long to wait before the next check. No position can move if all records are done
     * and all positions are written.
     */
    private Duration untilNextCheck(Duration left) {
        boolean settled = stream != null && stream.isSettled();
        return settled || left.compareTo(SAVE_EVERY) < 0 ? left : SAVE_EVERY;
    }

    /**
     * Reads the stream once. Returns whether to read again at once, because there may be more
     * records.
     */
    boolean pollOnce() {
        StreamConsumer current = current();
        boolean more = current.readOnce();
        if (current.retire()) {
            describeAt = Instant.MIN;
            return true;
        }
        return more;
    }

    private StreamConsumer current() {
        Instant now = plan.steady().instant();
        StreamConsumer known = stream;
        if (known != null && known.isReading() && now.isBefore(describeAt)) {
            return known;
        }
        StreamConsumer current = newest(known);
        stream = current;
        current.describe();
        describeAt = now.plus(DESCRIBE_EVERY);
        return current;
    }

    private StreamConsumer newest(@Nullable StreamConsumer known) {
        MappingSettings settings = plan.settings();
        Optional<String> arn = StreamSource.newest(engine, settings.table());
        if (known != null && arn.map(known.arn()::equals).orElse(false)) {
            return known;
        }
        String found =
                arn.orElseThrow(
                        () ->
                                ResourceNotFoundException.builder()
                                        .message(settings.table() + " has no stream")
                                        .build());
        if (known != null) {
            known.lanes().forEach(ShardLane::stop);
        }
        log.info("{} is reading {}", settings.id(), found);
        ShardPositions positions =
                new PositionsTable(
                        engine.client(), settings.positionsTable(), found, settings.id());
        return new StreamConsumer(plan, new StreamSource(engine, found), positions);
    }

    private void savePositionsIfDue() {
        Instant now = plan.steady().instant();
        if (stream != null && !now.isBefore(saveAt) && stream.hasMoved()) {
            savePositions();
            saveAt = now.plus(SAVE_EVERY);
        }
    }

    /** Writes the position of each shard. */
    void savePositions() {
        StreamConsumer current = stream;
        if (current != null) {
            current.savePositions();
        }
    }
}
