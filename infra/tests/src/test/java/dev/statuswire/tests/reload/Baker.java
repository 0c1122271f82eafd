package dev.statuswire.tests.reload;

import dev.statuswire.core.testing.TypeJar;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Versions of a slow type {@code bake}, and what their steps call. The test and all versions share
 * this class, because the class loader of the application loads it.
 */
public final class Baker {

    private static final Map<String, Integer> RUNS = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> HANGING = new ConcurrentHashMap<>();

    private Baker() {}

    /** A step that succeeds: counts its runs for the request, and returns who ran it. */
    public static String run(String request, String step, String version) {
        RUNS.merge(request + "/" + step, 1, Integer::sum);
        return step + " by " + version;
    }

    /** A step that never ends on its own. */
    public static String hang(String request, String step, String version)
            throws InterruptedException {
        run(request, step, version);
        latch(request).countDown();
        new CountDownLatch(1).await();
        return "never";
    }

    private static CountDownLatch latch(String request) {
        return HANGING.computeIfAbsent(request, _ -> new CountDownLatch(1));
    }

    /** Waits until a step of the request hangs. */
    static void awaitHanging(String request) throws InterruptedException {
        latch(request).await();
    }

    /** Returns how often a step ran for the request. */
    static int runs(String request, String step) {
        return RUNS.getOrDefault(request + "/" + step, 0);
    }

    /**
     * Returns a version of the type.
     *
     * @param steps names of steps; one that ends in an exclamation mark hangs
     */
    static TypeJar version(String version, String... steps) {
        var code = new StringBuilder();
        for (String step : steps) {
            String name = step.replace("!", "");
            code.append(
                    ".step(\"%s\", String.class, c -> Baker.%s(c.requestId(), \"%s\", \"%s\"))\n"
                            .formatted(name, step.endsWith("!") ? "hang" : "run", name, version));
        }
        return TypeJar.of(
                "Bake",
                """
                import dev.statuswire.tests.reload.Baker;
                public final class Bake implements RequestType<Bake.Dough> {
                    public record Dough(int loaves) {}
                    public Definition<Dough> define() {
                        return Definition.of("bake", Dough.class).title("%s").slow()
                                .example(new Dough(1))%s.build();
                    }
                }
                """
                        .formatted(version, code),
                Baker.class);
    }
}
