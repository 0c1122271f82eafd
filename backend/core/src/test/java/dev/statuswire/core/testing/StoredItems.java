package dev.statuswire.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.transition.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of other releases in DynamoDB's JSON, from the resources {@code dev/statuswire/core/items}.
 * Those of release 0.1 were recorded from that release; those of the next release are a guess.
 */
public final class StoredItems {

    private StoredItems() {}

    /** Returns the request in an item. */
    public static Request read(String name) {
        return Item.read(item(name)).orElseThrow();
    }

    /** Returns an item by its name, such as {@code next-release-parked}. */
    public static Map<String, AttributeValue> item(String name) {
        String file = "/dev/statuswire/core/items/" + name + ".json";
        try (InputStream json = StoredItems.class.getResourceAsStream(file)) {
            return map(Json.MAPPER.readTree(Objects.requireNonNull(json, file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, AttributeValue> map(JsonNode json) {
        var map = new HashMap<String, AttributeValue>();
        json.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return map;
    }

    private static AttributeValue value(JsonNode json) {
        var field = json.properties().iterator().next();
        JsonNode value = field.getValue();
        return switch (field.getKey()) {
            case "S" -> AttributeValue.fromS(value.asText());
            case "N" -> AttributeValue.fromN(value.asText());
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "M" -> AttributeValue.fromM(map(value));
            case "L" -> AttributeValue.fromL(list(value).stream().map(StoredItems::value).toList());
            case "SS" -> AttributeValue.fromSs(list(value).stream().map(JsonNode::asText).toList());
            default -> throw new IllegalArgumentException("no such type: " + field.getKey());
        };
    }

    private static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }
}
