package dev.statuswire.tests.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A request type whose second step waits until the test opens the gate that the input names. Counts
 * how often each step had its effect.
 */
public abstract class GatedType implements RequestType {

    private static final int POLL_MILLIS = 20;
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();
    private static final Map<String, Integer> EFFECTS = new ConcurrentHashMap<>();

    /** The quick variant; the stream processor runs it. */
    public static final class Quick extends GatedType {
        @Override
        public Pace pace() {
            return Pace.QUICK;
        }
    }

    /** The slow variant; the worker runs it. */
    public static final class Slow extends GatedType {
        @Override
        public Pace pace() {
            return Pace.SLOW;
        }
    }

    /** Returns both types. */
    static List<Class<? extends RequestType>> types() {
        return List.of(Quick.class, Slow.class);
    }

    /** Opens a gate for all steps that wait at it, now or later. */
    static void open(String gate) {
        gate(gate).countDown();
    }

    private static CountDownLatch gate(String name) {
        return GATES.computeIfAbsent(name, _ -> new CountDownLatch(1));
    }

    /** Returns how often a step had its effect. */
    static int effects(String id, String step) {
        return EFFECTS.getOrDefault(id + "/" + step, 0);
    }

    @Override
    public String name() {
        return "note-" + pace().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String title() {
        return "A note";
    }

    @Override
    public String description() {
        return "Waits at a gate.";
    }

    @Override
    public String inputSchema() {
        return """
        {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
         "properties": {"gate": {"type": "string"}}, "additionalProperties": false}
        """;
    }

    @Override
    public String example() {
        return "{}";
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.of("begin", context -> effect(context, "begin")),
                Step.of("gate", context -> pass(context, "gate")),
                Step.of("end", context -> effect(context, "end")));
    }

    private static JsonNode pass(StepContext context, String step) throws InterruptedException {
        if (context.input().has("gate")) {
            awaitOpen(gate(context.input().get("gate").asText()), context);
        }
        return effect(context, step);
    }

    private static void awaitOpen(CountDownLatch gate, StepContext context)
            throws InterruptedException {
        while (!gate.await(POLL_MILLIS, TimeUnit.MILLISECONDS) && !context.cancelled()) {
            // check again whether the request was cancelled
        }
    }

    private static JsonNode effect(StepContext context, String step) {
        int count = EFFECTS.merge(context.request().key().id() + "/" + step, 1, Integer::sum);
        return Json.MAPPER.createObjectNode().put("effect", count);
    }
}
