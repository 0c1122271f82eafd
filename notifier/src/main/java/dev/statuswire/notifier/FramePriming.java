package dev.statuswire.notifier;

import dev.statuswire.core.function.Priming;
import dev.statuswire.core.stream.RequestRecord;
import dev.statuswire.core.transition.Item;
import dev.statuswire.notifier.frame.Frames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes frames of a change that nobody made, and sends them nowhere. */
record FramePriming(Frames frames) implements Priming {

    private static final int ROUNDS = 200;

    private static final Map<String, AttributeValue> ITEM =
            Map.of(
                    "owner", AttributeValue.fromS("statuswire-priming"),
                    "id", AttributeValue.fromS("nobodys-request"),
                    "type", AttributeValue.fromS("none"),
                    "input", AttributeValue.fromS("{}"),
                    "status", AttributeValue.fromS("ACCEPTED"),
                    "version", AttributeValue.fromN("1"));

    @Override
    public void prime() {
        for (int round = 0; round < ROUNDS; round++) {
            Item.read(ITEM)
                    .map(
                            it ->
                                    new RequestRecord(
                                            "1",
                                            it.key(),
                                            true,
                                            Optional.empty(),
                                            Optional.of(it),
                                            Optional.empty()))
                    .ifPresent(record -> frames.of(List.of(record)));
        }
    }
}
