package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.schema.regex.ValidationBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Detects whether an array contains the same value twice, without comparing each pair. */
final class UniqueItems {

    private final ValidationBudget budget;
    private final Map<Integer, List<JsonNode>> byHash = new HashMap<>();

    UniqueItems(ValidationBudget budget) {
        this.budget = budget;
    }

    boolean repeat(JsonNode list) {
        for (JsonNode item : list) {
            List<JsonNode> alike =
                    byHash.computeIfAbsent(
                            JsonValues.hash(item, budget), hash -> new ArrayList<>(1));
            for (JsonNode other : alike) {
                if (JsonValues.same(item, other, budget)) {
                    return true;
                }
            }
            alike.add(item);
        }
        return false;
    }
}
