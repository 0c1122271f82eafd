package dev.statuswire.aws.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.transition.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The write of a new request's item, attribute for attribute what {@code Transitions.submit} makes,
 * but for the life, which API Gateway generates.
 *
 * <p>The write can only create an item, never change one. If there is a request under the key, the
 * update adds 1 to its input, which the condition has found to be text, and DynamoDB refuses to add
 * to text. If there is any other item, the condition fails.
 */
final class NewItem {

    private static final Map<String, String> OPERANDS = new LinkedHashMap<>();

    static {
        OPERANDS.put(Item.LIFE, ":life");
        OPERANDS.put(Item.FORMAT, ":format");
        OPERANDS.put(Item.TYPE, ":type");
        OPERANDS.put(Item.INPUT, ":input");
        OPERANDS.put(Item.STATUS, ":accepted");
        OPERANDS.put(Item.VERSION, "if_not_exists(" + name(Item.INPUT) + ", :zero) + :one");
        OPERANDS.put(Item.FENCE, ":zero");
        OPERANDS.put(Item.ATTEMPT, ":zero");
        OPERANDS.put(Item.FAILURES, ":zero");
        OPERANDS.put(Item.CREATED_AT, ":time");
        OPERANDS.put(Item.UPDATED_AT, ":time");
        OPERANDS.put(Item.DUE_SHARD, ":shard");
        // VTL cannot count on adding to a number of 13 digits, so DynamoDB does.
        OPERANDS.put(Item.DUE_AT, "if_not_exists(" + name(Item.DUE_AT) + ", :epoch) + :grace");
    }

    private NewItem() {}

    /**
     * Holds if there is no item, or a request of other content. Fails, and returns the item, if
     * there is a request of this very content, one that has expired, or an item that cannot be a
     * request.
     */
    static String condition() {
        return "attribute_not_exists(%s) OR (%s AND NOT %s <= :now AND (%s <> :type OR %s <> :input))"
                .formatted(
                        name(Item.ID),
                        isRequest(),
                        name(Item.EXPIRES_AT),
                        name(Item.TYPE),
                        name(Item.INPUT));
    }

    /** Whether the item has what every request has, in the types of DynamoDB that a request has. */
    private static String isRequest() {
        return Stream.of(Item.TYPE, Item.INPUT, Item.STATUS)
                .map(attribute -> "attribute_type(" + name(attribute) + ", :text) AND ")
                .collect(Collectors.joining("", "", name(Item.VERSION) + " >= :one"));
    }

    /** Fails always, so that nothing is written. */
    static String never() {
        return "attribute_exists(%1$s) AND attribute_not_exists(%1$s)".formatted(name(Item.ID));
    }

    /** The update expression. */
    static String update() {
        return OPERANDS.entrySet().stream()
                .map(set -> name(set.getKey()) + " = " + set.getValue())
                .collect(Collectors.joining(", ", "SET ", ""));
    }

    /** Every attribute by its placeholder, as JSON. */
    static String names() {
        ObjectNode names = Json.MAPPER.createObjectNode().put(name(Item.ID), Item.ID);
        names.put(name(Item.EXPIRES_AT), Item.EXPIRES_AT);
        OPERANDS.keySet().forEach(attribute -> names.put(name(attribute), attribute));
        return Json.write(names);
    }

    private static String name(String attribute) {
        return "#" + attribute;
    }
}
