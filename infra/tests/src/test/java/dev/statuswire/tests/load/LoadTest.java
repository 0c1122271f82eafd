package dev.statuswire.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.tests.load.LoadedRuntime.Use;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many pages of one owner, a tenth of which stop reading at the same moment, while requests come in
 * at a steady rate. What it measures it prints; no assertion depends on it but for the heap and the
 * threads, which may double and more before they are taken for a leak.
 */
final class LoadTest {

    private static final int PAGES = Scale.of(30, 1000);
    private static final int STOPPING = PAGES / 10;
    private static final Duration STEADY = Duration.ofSeconds(Scale.of(4, 600));
    private static final Duration EVERY = Duration.ofMillis(Scale.of(300, 3000));
    private static final int SAMPLES = 8;
    private static final int AHEAD = 4;
    private static final int TEXT_BYTES = 24 * 1024;

    private static final Pattern DROPPED =
            Pattern.compile("dropped\\S*\\{[^}]*reason=\"(?:slow|silent)\"[^}]*} ([0-9.]+)");

    @TempDir private Path folder;

    private final List<Use> uses = new ArrayList<>();
    private int submitted;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void pages_that_read_are_complete_and_those_that_stopped_are_once_they_come_back()
            throws Exception {
        try (var runtime = LoadedRuntime.start(folder)) {
            var api = new ApiClient(runtime.awaitPage().getPort());
            try (var crowd = new Crowd(api, PAGES)) {
                crowd.openAll();
                submit(api);
                awaitComplete("warm", crowd.seats(), api);
                List<Seat> stopping = crowd.seats().subList(0, STOPPING);
                crowd.stopReading(stopping);
                long start = System.nanoTime();
                submitSteadily(runtime, crowd, api);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                awaitComplete("those that read", crowd.seats().subList(STOPPING, PAGES), api);
                String summary = summary(crowd, took);
                crowd.readAgain(stopping);
                awaitComplete("all", crowd.seats(), api);

                assertThat(cameBack(stopping)).isGreaterThan(STOPPING / 2);
                System.out.println(summary);
                staysLevel();
            }
        }
    }

    /** For as long as it is to last, and until whoever does not read has been closed. */
    private void submitSteadily(LoadedRuntime runtime, Crowd crowd, ApiClient api)
            throws Exception {
        long start = System.nanoTime();
        long next = start;
        while (System.nanoTime() - start < STEADY.toNanos() || stuck(crowd, api) < STOPPING) {
            awaitAllButFew(crowd);
            submit(api);
            long elapsed = System.nanoTime() - start;
            if (elapsed > uses.size() * STEADY.toNanos() / SAMPLES) {
                uses.add(runtime.use());
            }
            next += EVERY.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void submit(ApiClient api) {
        String text = "x".repeat(TEXT_BYTES);
        Answer answer =
                api.putJson(
                        "/requests/bulletin-%06d".formatted(submitted++),
                        "{\"type\":\"bulletin\",\"input\":{\"text\":\"" + text + "\"}}");
        assertThat(answer.status()).isEqualTo(202);
    }

    /** On a machine that is too slow for the rate, the rate is what it can do. */
    private void awaitAllButFew(Crowd crowd) {
        Await.until(
                "the pages that read are not far behind",
                () ->
                        crowd.seats().subList(STOPPING, PAGES).stream()
                                .allMatch(seat -> seat.newest().size() >= submitted - AHEAD));
    }

    /** How many were closed that have not come back: those that do not read. */
    private static double stuck(Crowd crowd, ApiClient api) {
        Matcher found = DROPPED.matcher(api.get("/metrics").body());
        double dropped = 0;
        while (found.find()) {
            dropped += Double.parseDouble(found.group(1));
        }
        return dropped - cameBack(crowd.seats());
    }

    private static int cameBack(List<Seat> seats) {
        return seats.stream().mapToInt(Seat::sessions).sum() - seats.size();
    }

    private void awaitComplete(String who, List<Seat> seats, ApiClient api) {
        Map<String, Long> all =
                Await.get(
                                "every request is finished",
                                () -> Optional.of(api.requests()).filter(LoadTest::areFinished))
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        document -> document.get("id").asText(),
                                        document -> document.get("version").asLong()));
        assertThat(all).hasSize(submitted);
        Await.until(
                who + " are complete and newest",
                () -> seats.stream().allMatch(seat -> seat.newest().equals(all)));
    }

    private static boolean areFinished(List<JsonNode> documents) {
        return documents.stream()
                .allMatch(document -> document.get("status").asText().equals("SUCCEEDED"));
    }

    /** The second half against the first, in which the work has begun. */
    private void staysLevel() {
        assertLevel("heap", Use::heapBytes, 128 * 1024 * 1024);
        assertLevel("platform threads", Use::platformThreads, 50);
        assertLevel("virtual threads", Use::virtualThreads, 4L * PAGES);
    }

    /** What is in use varies by what happens to be under way; only a leak grows past all of it. */
    private void assertLevel(String what, ToLongFunction<Use> measure, long allowance) {
        long first = of(uses.subList(0, uses.size() / 2), measure).max().orElseThrow();
        long second = of(uses.subList(uses.size() / 2, uses.size()), measure).min().orElseThrow();
        assertThat(second).as(what + ": " + uses).isLessThan(2 * first + allowance);
    }

    private static LongStream of(List<Use> uses, ToLongFunction<Use> measure) {
        return uses.stream().mapToLong(measure);
    }

    private String summary(Crowd crowd, Duration took) {
        long pushes = crowd.delays().count();
        return "load: %d pages, %d of them stopped; %d requests in %d s; %d pushes, %d a second; change to page p50 %d ms, p99 %d ms; %d came back; heap %s MiB; threads %s"
                .formatted(
                        PAGES,
                        STOPPING,
                        submitted,
                        took.toSeconds(),
                        pushes,
                        pushes / Math.max(1, took.toSeconds()),
                        crowd.delays().percentile(50),
                        crowd.delays().percentile(99),
                        cameBack(crowd.seats()),
                        uses.stream().map(use -> use.heapBytes() >> 20).toList(),
                        uses.stream()
                                .map(use -> use.platformThreads() + "/" + use.virtualThreads())
                                .toList());
    }
}
