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
 * Many pages of one owner, a tenth of which stop reading at the same moment, while requests are
 * submitted at a steady rate. The measurements are printed. Assertions depend only on those of heap
 * and threads, which may more than double before they count as a leak.
 */
final class LoadTest {

    private static final int PAGES = Scale.of(30, 1000);
    private static final int STOPPING = PAGES / 10;
    private static final Duration STEADY = Duration.ofSeconds(Scale.of(4, 600));
    private static final Duration INTERVAL = Duration.ofMillis(Scale.of(300, 3000));
    private static final int SAMPLES = 8;
    private static final int MAX_BEHIND = 4;
    private static final int TEXT_BYTES = 24 * 1024;

    private static final Pattern DROPPED =
            Pattern.compile("dropped\\S*\\{[^}]*reason=\"(?:slow|silent)\"[^}]*} ([0-9.]+)");

    @TempDir private Path folder;

    private final List<Use> uses = new ArrayList<>();
    private int submitted;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void pages_that_read_are_complete_and_those_that_stopped_are_once_they_reconnect()
            throws Exception {
        try (var runtime = LoadedRuntime.start(folder)) {
            ApiClient api = runtime.api();
            try (var crowd = new PageCrowd(api, PAGES)) {
                crowd.openAll();
                submit(api);
                awaitComplete("all pages", crowd.pages(), api);
                List<CrowdPage> stopping = crowd.pages().subList(0, STOPPING);
                crowd.stopReading(stopping);
                long start = System.nanoTime();
                submitSteadily(runtime, crowd, api);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                awaitComplete("the reading pages", crowd.pages().subList(STOPPING, PAGES), api);
                String summary = summary(crowd, took);
                crowd.readAgain(stopping);
                awaitComplete("all pages", crowd.pages(), api);

                assertThat(reconnections(stopping)).isGreaterThan(STOPPING / 2);
                System.out.println(summary);
                assertAllLevel();
            }
        }
    }

    /**
     * Submits requests for the planned time, and until every page that does not read has been
     * disconnected.
     */
    private void submitSteadily(LoadedRuntime runtime, PageCrowd crowd, ApiClient api)
            throws Exception {
        long start = System.nanoTime();
        long next = start;
        while (System.nanoTime() - start < STEADY.toNanos()
                || disconnected(crowd, api) < STOPPING) {
            awaitAllButFew(crowd);
            submit(api);
            long elapsed = System.nanoTime() - start;
            if (elapsed > uses.size() * STEADY.toNanos() / SAMPLES) {
                uses.add(runtime.use());
            }
            next += INTERVAL.toNanos();
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

    /**
     * Waits until the reading pages are not far behind, so that a slow machine gets a lower rate.
     */
    private void awaitAllButFew(PageCrowd crowd) {
        Await.until(
                "the reading pages are not far behind",
                () ->
                        crowd.pages().subList(STOPPING, PAGES).stream()
                                .allMatch(page -> page.newest().size() >= submitted - MAX_BEHIND));
    }

    /** Returns how many pages were disconnected and have not reconnected; these do not read. */
    private static double disconnected(PageCrowd crowd, ApiClient api) {
        Matcher found = DROPPED.matcher(api.get("/metrics").body());
        double dropped = 0;
        while (found.find()) {
            dropped += Double.parseDouble(found.group(1));
        }
        return dropped - reconnections(crowd.pages());
    }

    private static int reconnections(List<CrowdPage> pages) {
        return pages.stream().mapToInt(CrowdPage::sessions).sum() - pages.size();
    }

    private void awaitComplete(String who, List<CrowdPage> pages, ApiClient api) {
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
                who + " are complete and up to date",
                () -> pages.stream().allMatch(page -> page.newest().equals(all)));
    }

    private static boolean areFinished(List<JsonNode> documents) {
        return documents.stream()
                .allMatch(document -> document.get("status").asText().equals("SUCCEEDED"));
    }

    /** Compares the second half of the samples with the first half. */
    private void assertAllLevel() {
        assertLevel("heap", Use::heapBytes, 128 * 1024 * 1024);
        assertLevel("platform threads", Use::platformThreads, 50);
        assertLevel("virtual threads", Use::virtualThreads, 4L * PAGES);
    }

    /**
     * Asserts that the lowest sample of the second half is not far above the highest of the first
     * half. Use varies with the work in progress; only a leak exceeds this.
     */
    private void assertLevel(String what, ToLongFunction<Use> measure, long allowance) {
        long first = of(uses.subList(0, uses.size() / 2), measure).max().orElseThrow();
        long second = of(uses.subList(uses.size() / 2, uses.size()), measure).min().orElseThrow();
        assertThat(second).as(what + ": " + uses).isLessThan(2 * first + allowance);
    }

    private static LongStream of(List<Use> uses, ToLongFunction<Use> measure) {
        return uses.stream().mapToLong(measure);
    }

    private String summary(PageCrowd crowd, Duration took) {
        long pushes = crowd.delays().count();
        return "load: %d pages, %d of them stopped reading; %d requests in %d s; %d pushes, %d per second; change to page p50 %d ms, p99 %d ms; %d reconnections; heap %s MiB; threads %s"
                .formatted(
                        PAGES,
                        STOPPING,
                        submitted,
                        took.toSeconds(),
                        pushes,
                        pushes / Math.max(1, took.toSeconds()),
                        crowd.delays().percentile(50),
                        crowd.delays().percentile(99),
                        reconnections(crowd.pages()),
                        uses.stream().map(use -> use.heapBytes() >> 20).toList(),
                        uses.stream()
                                .map(use -> use.platformThreads() + "/" + use.virtualThreads())
                                .toList());
    }
}
