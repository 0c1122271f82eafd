package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Isolated, because it counts the threads of the JVM. */
@Isolated
@Timeout(120)
final class WaitingTest {

    private static final String ANY = "{\"type\":\"test-any\",\"input\":{}}";
    private static final int CLIENTS = 200;
    private static final Duration LONG = Duration.ofSeconds(5);

    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch change = new CountDownLatch(1);

    @Test
    void two_hundred_clients_wait_at_once_without_blocking_other_calls() throws Exception {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.waiting =
                (_, _) -> {
                    waiting.incrementAndGet();
                    change.await();
                    return false;
                };
        try (var server = ApiServer.start(parts);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            String id = ApiClient.newId();
            ApiClient client = server.client();
            client.putJson("/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}");
            int threadsBefore = threads();
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> waitFor(client, id)));
            }
            Await.until("all clients to wait", () -> waiting.get() == CLIENTS);

            for (int i = 0; i < 50; i++) {
                long start = System.nanoTime();
                assertThat(client.postJson("/requests", "{\"type\":\"test-any\",\"input\":{}}"))
                        .extracting(Answer::status)
                        .isEqualTo(202);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
            }
            assertThat(threads() - threadsBefore).isLessThan(30);

            var now = InstantSource.system().instant();
            var key = new RequestKey("local", id);
            Request seen = store.find(key).orElseThrow();
            store.apply(key, ApiServer.Parts.TRANSITIONS.cancelIdle(seen, now));
            change.countDown();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().header("ETag")).isEqualTo("\"" + seen.life() + "-2\"");
            }
        }
    }

    @Test
    void call_over_the_limit_returns_at_once_and_another_owners_call_waits() throws Exception {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        var steady = new ManualClock();
        parts.steady = steady;
        parts.owners(ApiClient::ownerOf);
        parts.waiting =
                (_, _) -> {
                    waiting.incrementAndGet();
                    change.await();
                    return false;
                };
        try (var server = ApiServer.start(parts);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            String id = ApiClient.newId();
            ApiClient ada = server.client().as("ada");
            ApiClient bob = server.client().as("bob");
            ada.putJson("/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}");
            bob.putJson("/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}");
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> waitFor(ada, id)));
            }
            Await.until("all clients to wait", () -> waiting.get() == CLIENTS);

            Answer further = ada.get("/status/" + id, "Prefer", "wait=20");
            Future<Answer> bobs = clients.submit(() -> waitFor(bob, id));

            assertThat(further.status()).isEqualTo(200);
            assertThat(further.has("Preference-Applied")).isFalse();
            Await.until("the other owner's call to wait", () -> waiting.get() == CLIENTS + 1);
            steady.advance(Duration.ofSeconds(20));
            change.countDown();
            answers.add(bobs);
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=20");
            }
        }
    }

    @Test
    void head_never_waits() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        try (var server = ApiServer.start(parts(store))) {
            String path = "/status/" + ApiClient.newId();
            ApiClient client = server.client();
            client.putJson(path.replace("status", "requests"), ANY);

            Answer answer = client.send("HEAD", path, null, "Prefer", "wait=20");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.has("Preference-Applied")).isFalse();
            assertThat(waiting).hasValue(0);
        }
    }

    @Test
    void if_waiting_is_disabled_every_call_returns_at_once() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = parts(store);
        parts.settings = parts.settings.withoutWaiting();
        try (var server = ApiServer.start(parts)) {
            String path = "/status/" + ApiClient.newId();
            ApiClient client = server.client();
            client.putJson(path.replace("status", "requests"), ANY);

            Answer answer = client.get(path, "Prefer", "wait=20");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.has("Preference-Applied")).isFalse();
            assertThat(waiting).hasValue(0);
        }
    }

    /**
     * Returns the parts of a server that counts the pauses of waiting calls and ends each pause at
     * once.
     */
    private ApiServer.Parts parts(InMemoryRequestStore store) {
        var parts = new ApiServer.Parts(store, store);
        var steady = new ManualClock();
        parts.steady = steady;
        parts.waiting =
                (_, duration) -> {
                    waiting.incrementAndGet();
                    steady.advance(duration);
                    return false;
                };
        return parts;
    }

    @Test
    void calls_that_have_waited_free_their_slots() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        try (var server = ApiServer.start(parts)) {
            String id = ApiClient.newId();
            ApiClient client = server.client();
            client.putJson("/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}");
            for (int i = 0; i <= CLIENTS; i++) {
                assertThat(
                                client.get("/status/" + id, "Prefer", "wait=0")
                                        .has("Preference-Applied"))
                        .isTrue();
                assertThat(client.get("/status/not-there", "Prefer", "wait=9").status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void waiting_call_gets_a_response_when_the_server_stops() throws Exception {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.clock = new ManualClock();
        parts.waiting =
                (_, _) -> {
                    waiting.incrementAndGet();
                    return false;
                };
        parts.stopTimeout = Duration.ofSeconds(10);
        var server = ApiServer.start(parts);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            ApiClient client = server.client();
            String id = ApiClient.newId();
            client.putJson("/requests/" + id, "{\"type\":\"test-any\",\"input\":{}}");
            Future<Answer> answer = clients.submit(() -> waitFor(client, id));
            Await.until("the call to wait", () -> waiting.get() > 0);
            server.close();
            assertThat(answer.get().status()).isEqualTo(304);
        }
    }

    private static Answer waitFor(ApiClient client, String id) {
        String path = "/status/" + id;
        String tag = client.get(path).header("ETag");
        return client.get(path, "Prefer", "wait=20", "If-None-Match", tag);
    }

    /** Returns the number of platform threads; this bean does not count virtual threads. */
    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
