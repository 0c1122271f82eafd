package dev.statuswire.emulator.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.dynamodb.services.local.shared.access.LocalDBAccess;

/**
 * Deletes expired items of tables that have a time to live (TTL). An item is deleted within a
 * minute of its expiry as long as a pass over all tables takes less than that. The stream record of
 * a deletion has the user identity of the DynamoDB service. DynamoDB Local's own job reads 20 items
 * every 10 s, so in a table of thousands it deletes an item many minutes late.
 *
 * <p>Scans {@value #PAGE} items at a time, so that other calls run in between. The scans take at
 * most a tenth of the time, unless a pass with its pause would then take more than a minute.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html">How
 *     it works: DynamoDB TTL</a>: an attribute of the type number, in epoch seconds; items that
 *     expired more than five years ago are not deleted
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html">Record:
 *     {@code userIdentity}</a>
 */
final class TimeToLive implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TimeToLive.class);

    private static final int PAGE = 100;
    private static final Duration FIVE_YEARS = Duration.ofDays(5 * 365L);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

    /** From the start of a pass to the start of the next one, if the pass is short enough. */
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(50);

    private static final int PAUSE_FOR_EACH_SCAN = 9;
    private static final int LOCK_SECONDS = 10;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final LocalDBAccess tables;
    private final DynamoDbClient client;
    private final WriteListeners listeners;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("dynamodb-time-to-live").unstarted(this::repeat);

    /**
     * @param tables DynamoDB Local's storage, below its operations
     * @param client DynamoDB Local's operations
     * @param clock decides which items have expired
     */
    TimeToLive(
            LocalDBAccess tables,
            DynamoDbClient client,
            WriteListeners listeners,
            InstantSource clock) {
        this.tables = tables;
        this.client = client;
        this.listeners = listeners;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    private void repeat() {
        Duration pause = SHORTEST_PAUSE;
        try {
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = pause(runPass());
            }
        } catch (InterruptedException stop) {
            log.debug("interrupted; expired items are no longer deleted");
        }
    }

    /** Runs one pass and returns how long it took. */
    private Duration runPass() {
        Instant start = clock.instant();
        try {
            deleteExpired();
        } catch (RuntimeException failed) {
            log.warn("could not delete expired items; the next pass retries", failed);
        }
        return Duration.between(start, clock.instant());
    }

    /** Returns the pause after a pass. An expired item waits for at most one pass and one pause. */
    static Duration pause(Duration took) {
        Duration pause = took.multipliedBy(PAUSE_FOR_EACH_SCAN);
        Duration longest = LONGEST_PERIOD.minus(took);
        Duration bounded = pause.compareTo(longest) > 0 ? longest : pause;
        return bounded.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : bounded;
    }

    /** Deletes the expired items of all tables once. */
    void deleteExpired() {
        client.listTablesPaginator().tableNames().forEach(this::deleteExpired);
    }

    private void deleteExpired(String table) {
        try {
            var timeToLive =
                    client.describeTimeToLive(it -> it.tableName(table)).timeToLiveDescription();
            if (timeToLive.timeToLiveStatus() == TimeToLiveStatus.ENABLED) {
                deleteExpired(table, timeToLive.attributeName());
            }
        } catch (ResourceNotFoundException gone) {
            log.debug("table {} was deleted during the pass; skipping it", table);
        }
    }

    private void deleteExpired(String table, String attribute) {
        List<String> key = key(table);
        Map<String, AttributeValue> next = Map.of();
        do {
            ScanResponse page = client.scan(expired(table, attribute, key, next));
            page.items().forEach(item -> delete(table, key(key, item), attribute));
            next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!next.isEmpty() && stopped.getCount() > 0);
    }

    private List<String> key(String table) {
        return client.describeTable(it -> it.tableName(table)).table().keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
    }

    private ScanRequest expired(
            String table, String attribute, List<String> key, Map<String, AttributeValue> start) {
        Instant now = clock.instant();
        Map<String, String> names = new HashMap<>();
        names.put("#ttl", attribute);
        List<String> projection = new ArrayList<>();
        for (String part : key) {
            projection.add("#k" + projection.size());
            names.put(projection.getLast(), part);
        }
        return ScanRequest.builder()
                .tableName(table)
                .limit(PAGE)
                .filterExpression("#ttl BETWEEN :first AND :last")
                .projectionExpression(String.join(", ", projection))
                .expressionAttributeNames(names)
                .expressionAttributeValues(
                        Map.of(":first", seconds(now.minus(FIVE_YEARS)), ":last", seconds(now)))
                .exclusiveStartKey(start.isEmpty() ? null : start)
                .build();
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    private static Map<String, software.amazon.dynamodb.services.local.shared.model.AttributeValue>
            key(List<String> names, Map<String, AttributeValue> item) {
        return names.stream()
                .collect(
                        Collectors.toMap(
                                name -> name, name -> key(Objects.requireNonNull(item.get(name)))));
    }

    /** Converts a key attribute to the type that DynamoDB Local uses below its operations. */
    private static software.amazon.dynamodb.services.local.shared.model.AttributeValue key(
            AttributeValue value) {
        var result = new software.amazon.dynamodb.services.local.shared.model.AttributeValue();
        return switch (value.type()) {
            case S -> result.withS(value.s());
            case N -> result.withN(value.n());
            default -> result.withB(value.b().asByteBuffer());
        };
    }

    /** Deletes the item unless a write has extended its time to live since the scan. */
    private void delete(
            String table,
            Map<String, software.amazon.dynamodb.services.local.shared.model.AttributeValue> key,
            String attribute) {
        new LocalDBAccess.WriteLockWithTimeout(tables.getLockForTable(table), LOCK_SECONDS) {
            @Override
            public void criticalSection() {
                var item = tables.getRecord(table, key);
                if (item != null && isExpired(item.get(attribute))) {
                    tables.deleteRecord(table, key, true);
                }
            }
        }.execute();
        listeners.done(DeleteItemRequest.builder().tableName(table).build());
    }

    private boolean isExpired(
            software.amazon.dynamodb.services.local.shared.model.@Nullable AttributeValue time) {
        return time != null
                && time.getN() != null
                && new BigDecimal(time.getN())
                                .compareTo(BigDecimal.valueOf(clock.instant().getEpochSecond()))
                        <= 0;
    }

    /**
     * Stops. A running pass finishes its current page and reads at most one page of each table
     * left.
     */
    @Override
    public void close() {
        stopped.countDown();
        try {
            if (!thread.join(STOP_TIMEOUT)) {
                log.warn(
                        "the deletion of expired items did not stop in time; its daemon"
                                + " thread keeps running");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
