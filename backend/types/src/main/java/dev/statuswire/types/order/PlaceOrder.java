package dev.statuswire.types.order;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.core.type.TryLater;
import dev.statuswire.core.type.TypeEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request type {@code place-order}: an order in a restaurant, with simulated delays and
 * failures.
 */
public final class PlaceOrder implements RequestType {

    static final String CHECK_MENU = "check-menu";
    private static final String COOK = "cook";
    private static final String SERVE = "serve";

    private @Nullable SimulatedFailureCount tries;

    @Override
    public String name() {
        return "place-order";
    }

    @Override
    public String title() {
        return "Place an order";
    }

    @Override
    public String description() {
        return "Orders a dish in a restaurant. You can simulate a slow or failing kitchen.";
    }

    @Override
    public String inputSchema() {
        return """
        {
          "$schema": "http://json-schema.org/draft-04/schema#",
          "type": "object",
          "properties": {
            "dish": {"type": "string", "enum": ["soup", "pasta", "steak"],
              "description": "The dish to cook."},
            "quantity": {"type": "integer", "minimum": 1, "maximum": 20,
              "description": "The number of portions."},
            "simulate": {
              "type": "object",
              "description": "Delays and failures to simulate.",
              "properties": {
                "cookMillis": {"type": "integer", "minimum": 0, "maximum": 600000,
                  "description": "How long cooking takes, in milliseconds."},
                "failStep": {"type": "string", "enum": ["check-menu", "cook", "serve"],
                  "description": "The step that fails."},
                "failTimes": {"type": "integer", "minimum": 1, "maximum": 10,
                  "description": "How many times the step fails. Default: 1."},
                "reject": {"type": "boolean",
                  "description": "If true, the step rejects the order. It is not retried."}
              },
              "additionalProperties": false
            }
          },
          "required": ["dish", "quantity"],
          "additionalProperties": false
        }
        """;
    }

    @Override
    public String example() {
        return """
        {"dish": "pasta", "quantity": 2, "simulate": {"cookMillis": 3000}}
        """;
    }

    @Override
    public Pace pace() {
        return Pace.SLOW;
    }

    @Override
    public void init(TypeEnvironment environment) {
        tries = SimulatedFailureCount.in(environment);
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.of(CHECK_MENU, context -> step(CHECK_MENU, context, PlaceOrder::checkMenu)),
                new Cook(),
                Step.of(SERVE, context -> step(SERVE, context, PlaceOrder::serve)));
    }

    /**
     * The step that cooks. Its time limit is longer than the default, because cooking may take
     * longer.
     */
    private final class Cook implements Step {
        @Override
        public String name() {
            return COOK;
        }

        @Override
        public JsonNode run(StepContext context) throws Exception {
            return step(COOK, context, PlaceOrder::cook);
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofMinutes(11);
        }
    }

    private JsonNode step(String name, StepContext context, KitchenWork work) throws Exception {
        Order order = context.input(Order.class);
        if (order.simulation().failsIn(name)) {
            fail(order.simulation(), context);
        }
        return work.run(order, context);
    }

    private void fail(Order.Simulate simulate, StepContext context) throws Exception {
        if (simulate.rejects()) {
            throw new StepFailed("rejected", "Simulated rejection by the kitchen.");
        }
        SimulatedFailureCount counted = Objects.requireNonNull(tries, "init was not called");
        int now = counted.count(context.effectKey());
        if (now <= simulate.failures()) {
            throw new TryLater(
                    "kitchen-failed", "Simulated failure in the kitchen (attempt " + now + ").");
        }
    }

    private static JsonNode checkMenu(Order order, StepContext context) {
        return Json.MAPPER
                .createObjectNode()
                .put("dish", order.dish().name())
                .put("totalCents", order.dish().cents() * order.quantity());
    }

    private static JsonNode cook(Order order, StepContext context) throws InterruptedException {
        int millis = order.simulation().cookTime();
        CookingTime.cook(
                Duration.ofMillis(millis), percent -> context.progress(percent, "cooking"));
        return Json.MAPPER.createObjectNode().put("cooked", order.quantity()).put("millis", millis);
    }

    private static JsonNode serve(Order order, StepContext context) {
        return Json.MAPPER
                .createObjectNode()
                .put("served", order.quantity() + " × " + order.dish().name());
    }

    /** The work of a step on an order. */
    private interface KitchenWork {
        JsonNode run(Order order, StepContext context) throws Exception;
    }
}
