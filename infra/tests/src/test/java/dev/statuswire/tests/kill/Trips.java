package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.types.trip.Bookings;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The requests of the shipped type {@code book-trip}, whose bookings all exist at the end, or none.
 */
final class Trips {

    static final String NAME = "book-trip";

    private static final String TABLE = "statuswire-bookings";
    private static final int PARTS = 3;

    private Trips() {}

    /** Returns an input. A third of the trips find no car. */
    static ObjectNode input(RandomGenerator random) {
        ObjectNode input = Json.MAPPER.createObjectNode();
        input.put("from", "Berlin").put("to", "Lisbon").put("nights", 3);
        ObjectNode simulate = input.putObject("simulate");
        simulate.put("stepMillis", random.nextInt(300));
        if (random.nextInt(3) == 0) {
            simulate.put("failStep", "car");
        }
        return input;
    }

    /** Returns the error in the bookings of a finished trip; empty if there is none. */
    static Optional<String> fault(JsonNode end, DynamoDbClient dynamoDb) {
        String prefix = "local/" + end.get("id").asText() + "/" + end.get("life").asText() + "/";
        long booked = booked(dynamoDb).filter(key -> key.startsWith(prefix)).count();
        boolean isVisible = end.at("/error/code").asText().equals("undo-failed");
        long expected = end.get("status").asText().equals("SUCCEEDED") ? PARTS : 0;
        return booked == expected || isVisible
                ? Optional.empty()
                : Optional.of(booked + " bookings instead of " + expected + ": " + end);
    }

    private static Stream<String> booked(DynamoDbClient dynamoDb) {
        return dynamoDb
                .scanPaginator(scan -> scan.tableName(TABLE).consistentRead(true))
                .items()
                .stream()
                .filter(
                        item ->
                                AttributeValue.fromS(Bookings.BOOKED)
                                        .equals(item.get(Bookings.STATE)))
                .map(item -> Objects.requireNonNull(item.get("effectKey")).s());
    }
}
