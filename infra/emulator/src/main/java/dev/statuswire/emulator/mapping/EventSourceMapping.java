package dev.statuswire.emulator.mapping;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.LocalFunction;
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
 * Hands the changes of a table to a function as Lambda does: at least once, each item's in order,
 * until each is done or given up. A position is kept only once a record is done with all before it;
 * after a crash the ones behind it are delivered again.
 *
 * <p>Thread-safe. {@link #start} may be called once.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using AWS Lambda with
 *     Amazon DynamoDB</a>
 */
public final class EventSourceMapping {

    private static final Logger log = LoggerFactory.getLogger(EventSourceMapping.class);

    /** How often it is looked whether the stream has new shards, or the table a new stream. */
    private static final Duration DESCRIBE_EVERY = Duration.ofSeconds(10);

    /** ShardPositions move at most this often. */
    private static final Duration SAVE_EVERY = Duration.ofMillis(100);

    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(1);
    private static final Duration TO_END_WHEN_INTERRUPTED = Duration.ofSeconds(3);

    private final ShardLanes.Plan plan;
    private final DynamoDbEngine engine;
    private final LoopSignal wake;
    private final LoopSignal stopped;
    private @Nullable StreamConsumer stream;
    private Instant describeAt = Instant.MIN;
    private Instant saveAt = Instant.MIN;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    /** With the system's clock and random numbers. Starts nothing. */
    public EventSourceMapping(
            MappingSettings settings,
            DynamoDbEngine engine,
            LocalFunction<DynamodbEvent, ?> function,
            FailureDestination onFailure) {
        this(settings, engine, function, onFailure, EmulatorTime.real());
    }

    /** Starts nothing. */
    public EventSourceMapping(
            MappingSettings settings,
            DynamoDbEngine engine,
            LocalFunction<DynamodbEvent, ?> function,
            FailureDestination onFailure,
            EmulatorTime time) {
        this.engine = engine;
        wake = new LoopSignal(time.waiting());
        stopped = new LoopSignal(time.waiting());
        FunctionRuntime<DynamodbEvent, ?> runtime = new FunctionRuntime<>(function, time.steady());
        RecordFilter filter = new RecordFilter(settings.filters());
        plan = new ShardLanes.Plan(settings, runtime, filter, onFailure, time);
    }

    /**
     * Begins to read, on a thread of its own, woken by the engine's writes if the settings say so.
     */
    public void start() {
        if (plan.settings().wakeOnWrite()) {
            engine.onWrite(plan.settings().table(), this::wake);
        }
        thread = Thread.ofVirtual().name(plan.settings().id()).start(this::runUntilStopped);
    }

    /** Looks at the stream now. Returns at once; several calls count once. */
    public void wake() {
        wake.raise();
    }

    /**
     * Stops in order: no new batch, running invocations get until {@code deadline} from now and are
     * then interrupted, the positions are written. Blocks meanwhile.
     *
     * @return whether every invocation ended by itself
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
        boolean orderly = endLanes(until);
        saveLastPositions();
        log.info(
                "{} stopped {}",
                plan.settings().id(),
                orderly ? "in order" : "with invocations interrupted");
        return orderly;
    }

    /** A database that is gone does not keep the rest from ending in order. */
    private void saveLastPositions() {
        try {
            savePositions();
        } catch (RuntimeException e) {
            log.warn(
                    "how far {} got is not written; its last records come again at the next start",
                    plan.settings().id(),
                    e);
        }
    }

    private boolean endLanes(Instant until) throws InterruptedException {
        List<ShardLane> lanes = stream == null ? List.of() : stream.lanes();
        lanes.forEach(ShardLane::stop);
        if (allEnd(lanes, until)) {
            return true;
        }
        lanes.forEach(ShardLane::interrupt);
        if (!allEnd(lanes, plan.steady().instant().plus(TO_END_WHEN_INTERRUPTED))) {
            log.error(
                    "invocations do not end when interrupted; their records come again at the next start");
        }
        return false;
    }

    private boolean allEnd(List<ShardLane> lanes, Instant until) throws InterruptedException {
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
            log.debug("{} interrupted; reading ends", plan.settings().id());
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
                    "{} cannot read the stream of {}; will try again in {}",
                    plan.settings().id(),
                    plan.settings().table(),
                    AFTER_AN_ERROR,
                    e);
            describeAt = Instant.MIN;
            stopped.await(AFTER_AN_ERROR);
        }
    }

    /**
     * Waits for a poll's time, a write, or the end of a shard, behind which its children wait.
     * Meanwhile lets positions that move be written.
     */
    private void awaitNextPoll() throws InterruptedException {
        Instant pollAt = plan.steady().instant().plus(plan.settings().pollInterval());
        Duration left = plan.settings().pollInterval();
        while (!stopping && left.isPositive() && !canRetire()) {
            if (wake.await(untilNextLook(left))) {
                return;
            }
            savePositionsIfDue();
            left = Duration.between(plan.steady().instant(), pollAt);
        }
    }

    private boolean canRetire() {
        return stream != null && stream.canRetire();
    }

    /** While nothing is under way and nothing unsaved, no position can move. */
    private Duration untilNextLook(Duration left) {
        boolean settled = stream != null && stream.isSettled();
        return settled || left.compareTo(SAVE_EVERY) < 0 ? left : SAVE_EVERY;
    }

    /** One look at the stream. Says whether to look again at once: there may be more. */
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
        log.info("{} reads {}", settings.id(), found);
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

    /** Writes how far each shard is done. */
    void savePositions() {
        StreamConsumer current = stream;
        if (current != null) {
            current.savePositions();
        }
    }
}
