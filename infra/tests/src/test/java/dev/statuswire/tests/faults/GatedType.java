package dev.statuswire.tests.faults;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request type whose second step waits until the test opens the gate that the input names. Counts
 * how often each step had its effect.
 */
public abstract class GatedType implements RequestType<GatedType.Note> {

    private static final int POLL_MILLIS = 20;
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();
    private static final Map<String, Integer> EFFECTS = new ConcurrentHashMap<>();

    /**
     * The input.
     *
     * @param gate the gate at which the second step waits; null for none
     */
    record Note(@Nullable String gate) {}

    record Effect(int effect) {}

    /** The quick variant; the stream processor runs it. */
    public static final class Quick extends GatedType {
        @Override
        public Definition<Note> define() {
            return type("note-quick").build();
        }
    }

    /** The slow variant; the worker runs it. */
    public static final class Slow extends GatedType {
        @Override
        public Definition<Note> define() {
            return type("note-slow").slow().build();
        }
    }

    /** Returns both types. */
    static List<Class<? extends RequestType<?>>> types() {
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

    private static Definition.Builder<Note> type(String name) {
        return Definition.of(name, Note.class)
                .title("A note")
                .description("Waits at a gate.")
                .example(new Note(null))
                .step("begin", Effect.class, context -> effect(context, "begin"))
                .step("gate", Effect.class, context -> pass(context, "gate"))
                .step("end", Effect.class, context -> effect(context, "end"));
    }

    private static Effect pass(StepContext<Note> context, String step) throws InterruptedException {
        String gate = context.input().gate();
        if (gate != null) {
            awaitOpen(gate(gate), context);
        }
        return effect(context, step);
    }

    private static void awaitOpen(CountDownLatch gate, StepContext<Note> context)
            throws InterruptedException {
        while (!gate.await(POLL_MILLIS, TimeUnit.MILLISECONDS) && !context.cancelled()) {
            // check again whether the request was cancelled
        }
    }

    private static Effect effect(StepContext<Note> context, String step) {
        return new Effect(EFFECTS.merge(context.requestId() + "/" + step, 1, Integer::sum));
    }
}
