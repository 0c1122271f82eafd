package dev.statuswire.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.PageClient;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Submits requests before, during and after a fault in front of the database, and checks the
 * results.
 */
final class DatabaseTrial implements AutoCloseable {

    private static final Duration LEASE = Duration.ofSeconds(4);

    /** The limit for a call; only a call that hangs takes as long. */
    private static final Duration BOUND = AwsClients.LONGEST_CALL.multipliedBy(5);

    private static final int LONGEST_FAULT_MILLIS = 600;

    private final FaultyRuntime local;
    private final PageClient page;
    private final String gate = UUID.randomUUID().toString();
    private final String waits = "{\"gate\":\"" + gate + "\"}";
    private final Map<String, String> types = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Starts a runtime and a page. */
    DatabaseTrial(Path typesFolder) {
        local = new FaultyRuntime(typesFolder, LEASE);
        page = PageClient.open(local.api());
    }

    /**
     * Runs the trial with one fault.
     *
     * @param stops whether the fault makes every call fail that needs the database
     */
    Void run(Fault fault, boolean stops) throws Exception {
        try (this) {
            before();
            local.database().set(fault);
            during(stops);
            local.database().heal();
            after();
            verify();
        }
        return null;
    }

    /**
     * Runs the trial with a sequence of faults, determined by the seed, while requests are
     * submitted.
     */
    Void run(long seed, int faults) throws Exception {
        try (this) {
            var random = new Random(seed);
            before();
            GatedType.open(gate);
            var calls = new ArrayList<Future<Answer>>();
            for (int n = 0; n < faults; n++) {
                Fault fault = RandomFault.of(random);
                local.database().set(fault);
                String id = ApiClient.newId();
                String type = random.nextBoolean() ? "note-slow" : "note-quick";
                types.put(id, type);
                calls.add(call(() -> local.submit(id, type, waits)));
                local.database().waitWhile(fault, 1 + random.nextInt(LONGEST_FAULT_MILLIS));
            }
            local.database().heal();
            for (Future<Answer> call : calls) {
                assertThat(call.get().status()).isIn(202, 503);
            }
            after();
            verify();
        }
        return null;
    }

    private void before() {
        local.awaitHealth(200);
        for (int n = 0; n < 3; n++) {
            accepted("note-slow");
            accepted("note-quick");
        }
        String atTheGate = types.keySet().iterator().next();
        Await.until("a request to reach the gate", () -> GatedType.effects(atTheGate, "begin") > 0);
    }

    private void during(boolean stops) throws Exception {
        String known = types.keySet().iterator().next();
        var submitted = List.of(ApiClient.newId(), ApiClient.newId());
        submitted.forEach(id -> types.put(id, "note-slow"));
        var calls = new ArrayList<Future<Answer>>();
        calls.add(call(() -> local.submit(submitted.getFirst(), "note-slow", waits)));
        calls.add(call(() -> local.submit(submitted.getLast(), "note-slow", waits)));
        calls.add(call(() -> local.api().get("/requests")));
        calls.add(call(() -> local.api().get("/status/" + known)));
        calls.add(call(() -> local.api().post("/live/tickets")));
        Future<Answer> health = call(() -> local.api().get("/health"));
        GatedType.open(gate);
        for (Future<Answer> call : calls) {
            Answer answer = call.get();
            if (stops) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("unavailable");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            } else {
                assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
            }
        }
        assertThat(health.get().status()).isEqualTo(stops ? 503 : 200);
    }

    private Future<Answer> call(Supplier<Answer> call) {
        return threads.submit(() -> FaultyRuntime.within(BOUND, call));
    }

    /**
     * Works without a restart. What was submitted during the fault is submitted again, as a client
     * would.
     */
    private void after() {
        local.awaitHealth(200);
        types.forEach((id, type) -> local.accepted(id, type, waits));
        accepted("note-slow");
        accepted("note-quick");
    }

    private void accepted(String type) {
        types.put(local.accepted(type, waits), type);
    }

    private void verify() {
        Set<String> ids = types.keySet();
        ids.forEach(id -> local.await(id, "SUCCEEDED"));
        Histories histories = local.histories();
        assertThat(histories.ids()).containsExactlyInAnyOrderElementsOf(ids);
        histories.assertAllSucceeded();
        for (String id : ids) {
            assertThat(List.of("begin", "gate", "end"))
                    .as("each step had its effect")
                    .allMatch(step -> GatedType.effects(id, step) > 0);
        }
        Await.until(
                "the page is complete and up to date",
                () -> local.api().requests().stream().allMatch(this::isOnPage));
    }

    private boolean isOnPage(JsonNode document) {
        return document.equals(page.newest().get(document.get("id").asText()));
    }

    @Override
    public void close() {
        GatedType.open(gate);
        page.close();
        local.close();
        threads.close();
    }
}
