package dev.statuswire.bench.hot;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An order of three steps, as it is stored and as it is read. */
public final class Example {

    static final String TYPE = "place-order";
    static final String INPUT = "{\"dish\":\"soup\",\"quantity\":2}";

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Example() {}

    /** Its item once it is accepted. */
    public static Map<String, AttributeValue> acceptedOrder() {
        return new Transitions(Timing.DEFAULT)
                .submit(new RequestKey("local", Api.newId()), new Submission(TYPE, INPUT), START);
    }

    /** An item like that of a request whose first step is done and whose second is under way. */
    public static Map<String, AttributeValue> claimedOrder() {
        var item = new HashMap<>(acceptedOrder());
        item.put(Item.STATUS, AttributeValue.fromS("RUNNING"));
        item.put(Item.VERSION, AttributeValue.fromN("3"));
        item.put(
                Item.STEPS,
                AttributeValue.fromL(
                        List.of(
                                step(
                                        Map.of(
                                                "name", "check-menu",
                                                "status", "SUCCEEDED",
                                                "startedAt", "2026-11-21T10:00:00.010Z",
                                                "endedAt", "2026-11-21T10:00:00.020Z",
                                                "output", "{\"price\":12}")),
                                step(
                                        Map.of(
                                                "name", "cook",
                                                "status", "RUNNING",
                                                "startedAt", "2026-11-21T10:00:00.020Z")),
                                step(Map.of("name", "serve", "status", "PENDING")))));
        return item;
    }

    private static AttributeValue step(Map<String, String> attributes) {
        var step = new HashMap<String, AttributeValue>();
        attributes.forEach((name, value) -> step.put(name, AttributeValue.fromS(value)));
        return AttributeValue.fromM(step);
    }

    /** The request that is in {@link #claimedOrder}. */
    static Request claimed() {
        return Item.read(claimedOrder()).orElseThrow();
    }
}
