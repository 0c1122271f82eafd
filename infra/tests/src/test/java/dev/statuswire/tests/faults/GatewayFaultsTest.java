package dev.statuswire.tests.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.PageClient;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each fault between the notifier and the gateway; all of them run concurrently. The pages stay
 * connected or reconnect automatically. Nothing changes after the fault, so that no later push can
 * hide a lost one.
 */
final class GatewayFaultsTest {

    private static final Duration DELAY = Duration.ofMillis(200);
    private static final int CUT_AFTER = 20;
    private static final int PAGES = 3;

    private static final Map<FaultKind, Future<?>> TRIALS = new EnumMap<>(FaultKind.class);
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() {
        for (FaultKind kind : FaultKind.values()) {
            var live = new FaultyLive();
            TRIALS.put(kind, THREADS.submit(() -> run(live, kind)));
        }
    }

    @AfterAll
    static void end() {
        THREADS.close();
    }

    @ParameterizedTest
    @EnumSource
    void pages_are_complete_and_up_to_date_after_a_gateway_fault(FaultKind kind) throws Exception {
        Objects.requireNonNull(TRIALS.get(kind)).get();
    }

    private static void run(FaultyLive live, FaultKind kind) {
        List<PageClient> pages = new ArrayList<>();
        try (live) {
            for (int n = 0; n < PAGES; n++) {
                pages.add(live.page());
            }
            RequestKey before = live.submit("claimed-before");
            live.claim(before);
            Await.until(
                    "all pages know the claim",
                    () -> pages.stream().allMatch(page -> knows(page, "claimed-before", 2)));

            live.pushes().set(kind.fault(DELAY, CUT_AFTER));
            live.succeed(before);
            RequestKey during = live.submit("all-of-it-during");
            live.claim(during);
            live.succeed(during);
            Await.until("a batch is delivered again", () -> !kind.stops() || live.failures() > 0);
            live.pushes().heal();

            Await.until(
                    "all pages are complete and up to date",
                    () -> pages.stream().allMatch(page -> isComplete(live, page)));
        } finally {
            pages.forEach(PageClient::close);
        }
    }

    private static boolean knows(PageClient page, String id, long version) {
        JsonNode known = page.newest().get(id);
        return known != null && known.get("version").asLong() >= version;
    }

    private static boolean isComplete(FaultyLive live, PageClient page) {
        JsonNode all = live.api().get("/requests").json().get("requests");
        for (JsonNode document : all) {
            if (!document.equals(page.newest().get(document.get("id").asText()))) {
                return false;
            }
        }
        return all.size() == 2;
    }
}
