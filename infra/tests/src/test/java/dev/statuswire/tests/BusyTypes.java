package dev.statuswire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Request types whose step computes without a pause until the test stops it. The step ignores
 * interrupts and its time limit.
 */
public abstract class BusyTypes implements RequestType {

    /** How long a step computes if the test does not stop it. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static volatile boolean stopped;

    private final Duration timeLimit;

    BusyTypes(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** A slow type with a time limit of ten minutes; the worker runs it. */
    public static final class Busy extends BusyTypes {

        static final String NAME = "busy";

        public Busy() {
            super(Duration.ofMinutes(10));
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Pace pace() {
            return Pace.SLOW;
        }
    }

    /** A quick type with a time limit of one second; the stream processor runs it. */
    public static final class Hanging extends BusyTypes {

        static final String NAME = "hanging";

        public Hanging() {
            super(Duration.ofSeconds(1));
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Pace pace() {
            return Pace.QUICK;
        }
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

    @Override
    public String title() {
        return name();
    }

    @Override
    public String description() {
        return "Computes without a pause.";
    }

    @Override
    public String inputSchema() {
        return "{\"type\":\"object\"}";
    }

    @Override
    public String example() {
        return "{}";
    }

    @Override
    public int maxFailures() {
        return 1;
    }

    @Override
    public List<Step> steps() {
        return List.of(new Computing(timeLimit));
    }

    private record Computing(Duration timeLimit) implements Step {

        @Override
        public String name() {
            return "compute";
        }

        @Override
        public JsonNode run(StepContext context) {
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
}
