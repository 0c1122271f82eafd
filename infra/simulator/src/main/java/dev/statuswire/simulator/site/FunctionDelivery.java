package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.machine.ProcessKilledError;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Delivers the batches of a mapping to the function that it calls, with faults. */
final class FunctionDelivery implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Duration MUCH_LATER = Duration.ofSeconds(40);
    private static final Duration TIME = Duration.ofMinutes(1);

    private final DurableState world;
    private final SimulatedProcess mapping;
    private final DeliveryLedger ledger;
    private final boolean reliable;
    private final Supplier<RequestHandler<DynamodbEvent, StreamsEventResponse>> function;

    /**
     * @param mapping the process of the mapping
     * @param ledger of all deliveries to the function
     * @param reliable whether every record is delivered, and none is redelivered much later
     * @param function returns the function, on the process that runs it at that time
     */
    FunctionDelivery(
            DurableState world,
            SimulatedProcess mapping,
            DeliveryLedger ledger,
            boolean reliable,
            Supplier<RequestHandler<DynamodbEvent, StreamsEventResponse>> function) {
        this.world = world;
        this.mapping = mapping;
        this.ledger = ledger;
        this.reliable = reliable;
        this.function = function;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        ledger.sent(event);
        var arrived = new DynamodbEvent();
        arrived.setRecords(arrived(event.getRecords()));
        StreamsEventResponse response =
                Interruptions.during(world, () -> function.get().handleRequest(arrived, context));
        if (world.choices().happens(SimulatedFault.RESPONSE_LOST)) {
            throw new IllegalStateException("the response was lost");
        }
        if (!mapping.isDead()) {
            ledger.responded(event, response);
        }
        return response;
    }

    private void redeliver(DynamodbStreamRecord record, int times) {
        var again = new DynamodbEvent();
        again.setRecords(List.of(record));
        var context = new InvocationContext(world.scheduler(), TIME);
        for (int n = 0; n < times; n++) {
            world.scheduler()
                    .startAfter(
                            world.choices().upTo(MUCH_LATER),
                            "redelivery",
                            () -> callQuietly(again, context));
        }
    }

    private void callQuietly(DynamodbEvent event, Context context) {
        try {
            function.get().handleRequest(event, context);
        } catch (ProcessKilledError | RuntimeException failed) {
            world.trace().tell(() -> "a redelivery failed: " + failed);
        }
    }

    private List<DynamodbStreamRecord> arrived(List<DynamodbStreamRecord> sent) {
        RandomChoices choices = world.choices();
        var arrived = new ArrayList<DynamodbStreamRecord>();
        for (DynamodbStreamRecord record : sent) {
            if (reliable || !choices.happens(SimulatedFault.RECORD_LOST)) {
                arrived.add(record);
            }
            if (choices.happens(SimulatedFault.RECORD_TWICE)) {
                if (reliable || choices.oneIn(2)) {
                    arrived.add(choices.between(0, arrived.size()), record);
                } else {
                    redeliver(record, choices.between(1, 6));
                }
            }
        }
        if (choices.happens(SimulatedFault.RECORDS_REORDERED)) {
            Collections.shuffle(arrived, Random.from(choices.random()));
        }
        return arrived;
    }
}
