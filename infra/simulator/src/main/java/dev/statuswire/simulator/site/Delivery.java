package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.statuswire.simulator.chance.Chances;
import dev.statuswire.simulator.chance.Fault;
import dev.statuswire.simulator.machine.Host;
import dev.statuswire.simulator.machine.HostDied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** What lies between a mapping and the function that it calls. */
final class Delivery implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Duration MUCH_LATER = Duration.ofSeconds(40);
    private static final Duration TIME = Duration.ofMinutes(1);

    private final World world;
    private final Host mapping;
    private final Set<String> owed;
    private final boolean reliable;
    private final Supplier<RequestHandler<DynamodbEvent, StreamsEventResponse>> function;

    /**
     * @param mapping who calls
     * @param owed the numbers of records whose failure was reported, and that have not come again
     * @param reliable whether each record comes, and no old one long after
     * @param function what is called, on whatever process it runs then
     */
    Delivery(
            World world,
            Host mapping,
            Set<String> owed,
            boolean reliable,
            Supplier<RequestHandler<DynamodbEvent, StreamsEventResponse>> function) {
        this.world = world;
        this.mapping = mapping;
        this.owed = owed;
        this.reliable = reliable;
        this.function = function;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        event.getRecords().forEach(it -> owed.remove(it.getDynamodb().getSequenceNumber()));
        var arrived = new DynamodbEvent();
        arrived.setRecords(arrived(event.getRecords()));
        StreamsEventResponse response =
                Interruptions.during(world, () -> function.get().handleRequest(arrived, context));
        if (world.chances().happens(Fault.RESPONSE_LOST)) {
            throw new IllegalStateException("the response was lost");
        }
        if (!mapping.isDead()) {
            response.getBatchItemFailures().forEach(it -> owed.add(it.getItemIdentifier()));
        }
        return response;
    }

    private void comesAgain(DynamodbStreamRecord record, int times) {
        var again = new DynamodbEvent();
        again.setRecords(List.of(record));
        var context = new InvocationContext(world.scheduler(), TIME);
        for (int n = 0; n < times; n++) {
            world.scheduler()
                    .startAfter(
                            world.chances().upTo(MUCH_LATER),
                            "again",
                            () -> callQuietly(again, context));
        }
    }

    private void callQuietly(DynamodbEvent event, Context context) {
        try {
            function.get().handleRequest(event, context);
        } catch (HostDied | RuntimeException failed) {
            world.trace().tell(() -> "what came again failed: " + failed);
        }
    }

    private List<DynamodbStreamRecord> arrived(List<DynamodbStreamRecord> sent) {
        Chances chances = world.chances();
        var arrived = new ArrayList<DynamodbStreamRecord>();
        for (DynamodbStreamRecord record : sent) {
            if (reliable || !chances.happens(Fault.RECORD_LOST)) {
                arrived.add(record);
            }
            if (chances.happens(Fault.RECORD_TWICE)) {
                if (reliable || chances.oneIn(2)) {
                    arrived.add(chances.between(0, arrived.size()), record);
                } else {
                    comesAgain(record, chances.between(1, 6));
                }
            }
        }
        if (chances.happens(Fault.RECORDS_REORDERED)) {
            Collections.shuffle(arrived, Random.from(chances.random()));
        }
        return arrived;
    }
}
