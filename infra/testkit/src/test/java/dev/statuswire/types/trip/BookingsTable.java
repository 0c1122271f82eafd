package dev.statuswire.types.trip;

import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.testkit.Effects;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A bookings table of its own, which reports each booking and each release. */
final class BookingsTable implements DynamoDbClient {

    private final Effects effects;
    private final DynamoDbClient real;
    private final String name = "bookings-" + UUID.randomUUID();

    BookingsTable(Effects effects, DynamoDbClient real) {
        this.effects = effects;
        this.real = real;
        real.createTable(TableDefinition.BOOKINGS.named(name));
    }

    @Override
    public PutItemResponse putItem(PutItemRequest put) {
        PutItemResponse response = real.putItem(put.toBuilder().tableName(name).build());
        effects.happened("book " + text(put.item(), "what"));
        return response;
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest update) {
        String before = state(update.key());
        UpdateItemResponse response = real.updateItem(update.toBuilder().tableName(name).build());
        String after = state(update.key());
        if (!after.equals(before)) {
            effects.happened(after + " " + text(item(update.key()), "what"));
        }
        return response;
    }

    /** Returns the state of the booking with this key. */
    String state(String effectKey) {
        return state(Map.of("effectKey", AttributeValue.fromS(effectKey)));
    }

    private String state(Map<String, AttributeValue> key) {
        return text(item(key), Bookings.STATE);
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return real.getItem(get -> get.tableName(name).key(key).consistentRead(true)).item();
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(AttributeValue::s).orElse("none");
    }

    @Override
    public String serviceName() {
        return real.serviceName();
    }

    @Override
    public void close() {}
}
