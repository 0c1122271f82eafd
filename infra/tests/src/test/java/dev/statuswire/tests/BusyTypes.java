package dev.statuswire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.Retry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Request types whose step computes without a pause until the test stops it. The step ignores
 * interrupts and its time limit.
 */
public abstract class BusyTypes implements RequestType<JsonNode> {

    /** How long a step computes if the test does not stop it. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static volatile boolean stopped;

    /** A slow type with a time limit of ten minutes; the worker runs it. */
    public static final class Busy extends BusyTypes {

        static final String NAME = "busy";

        @Override
        public Definition<JsonNode> define() {
            return type(NAME, Duration.ofMinutes(10)).slow().build();
        }
    }

    /** A quick type with a time limit of one second; the stream processor runs it. */
    public static final class Hanging extends BusyTypes {

        static final String NAME = "hanging";

        @Override
        public Definition<JsonNode> define() {
            return type(NAME, Duration.ofSeconds(1)).build();
        }
    }

    private static Definition.Builder<JsonNode> type(String name, Duration timeLimit) {
        return Definition.of(name, JsonNode.class)
                .description("Computes without a pause.")
                .schema("{\"type\":\"object\"}")
                .example(Json.MAPPER.createObjectNode())
                .retry(Retry.none())
                .step("compute", JsonNode.class, _ -> compute(), step -> step.timeLimit(timeLimit));
    }

    /** Returns how many steps are computing now. */
    static int running() {
        return RUNNING.get();
    }

    /** Lets steps compute from now on. */
    static void start() {
        stopped = false;
    }

    /** Stops all steps, and waits until they have ended. */
    static void stop() {
        stopped = true;
        Await.until("no step computes", () -> running() == 0);
    }

    private static JsonNode compute() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST.toSeconds());
        RUNNING.incrementAndGet();
        try {
            while (!stopped && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        } finally {
            RUNNING.decrementAndGet();
        }
        return Json.MAPPER.createObjectNode();
    }
}
