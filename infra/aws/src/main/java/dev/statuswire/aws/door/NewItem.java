package dev.statuswire.aws.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.transition.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The write of a new request's item, attribute for attribute what {@code Transitions.submit} makes.
 *
 * <p>It can only make an item, never change one: {@code version} adds 1 to a number that, where
 * there is an item already, is that item's input, a text, which DynamoDB refuses to add to.
 */
final class NewItem {

    private static final Map<String, String> OPERANDS = new LinkedHashMap<>();

    static {
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

    /** Fails exactly where there is a request of this very content. */
    static String condition() {
        return "attribute_not_exists(%s) OR %s <> :type OR %s <> :input"
                .formatted(name(Item.ID), name(Item.TYPE), name(Item.INPUT));
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
        OPERANDS.keySet().forEach(attribute -> names.put(name(attribute), attribute));
        return Json.write(names);
    }

    private static String name(String attribute) {
        return "#" + attribute;
    }
}
