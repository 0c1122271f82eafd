package dev.statuswire.tests.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.client.NoResponseException;
import dev.statuswire.client.ProblemResponseException;
import dev.statuswire.client.RequestListener;
import dev.statuswire.client.RequestQuery;
import dev.statuswire.client.StatusDocument;
import dev.statuswire.client.StatusDocument.Status;
import dev.statuswire.client.StatuswireClient;
import dev.statuswire.client.Watch;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.client.ScriptedServer.Call;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The parts of the Java client that the JavaScript client does not have. */
final class JavaClientTest {

    private static final String ID = "some-id-1";
    private static final Duration LONG = Duration.ofSeconds(100);
    private static final int JAVA_17 = 61;

    private final ScriptedServer server = new ScriptedServer();
    private final StatuswireClient client = StatuswireClient.builder(server.uri()).build();

    record Order(String dish, int cookMillis) {}

    /** Records the calls of a listener. */
    private static final class Events implements RequestListener {

        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void changed(StatusDocument document) {
            all.add(document.id() + " version " + document.version());
        }

        @Override
        public void removed(String id) {
            all.add("removed " + id);
        }
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private CompletableFuture<StatusDocument> awaiting(Duration limit) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return client.await(ID, limit);
                    } catch (InterruptedException | TimeoutException failed) {
                        throw new AssertionError(failed);
                    }
                });
    }

    @Test
    void await_returns_the_finished_document() throws Exception {
        server.put(ID, 1, "RUNNING");
        CompletableFuture<StatusDocument> finished = awaiting(LONG);
        server.awaitSubscriber();

        server.push(ID, 2, "RUNNING");
        server.push(ID, 3, "FAILED");

        assertThat(finished.get(100, SECONDS).status()).isEqualTo(Status.FAILED);
        assertThat(finished.get().version()).isEqualTo(3);
    }

    @Test
    void await_gives_up_after_its_time_even_if_the_server_is_gone() {
        server.put(ID, 1, "RUNNING");
        assertThatThrownBy(() -> client.await(ID, Duration.ofMillis(200)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("some-id-1 did not finish within PT0.2S");

        server.close();
        assertThatThrownBy(() -> client.await(ID, Duration.ofMillis(200)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void await_of_a_missing_or_removed_request_is_404() {
        assertThat(refusalOf(CompletableFuture.supplyAsync(() -> client.get(ID))).status())
                .isEqualTo(404);
        assertThat(refusalOf(awaiting(LONG)).status()).isEqualTo(404);

        server.put(ID, 1, "RUNNING");
        CompletableFuture<StatusDocument> removed = awaiting(LONG);
        server.awaitSubscriber();
        server.awaitCalls("^GET /status", 3);
        server.remove(ID);

        assertThat(refusalOf(removed).status()).isEqualTo(404);
    }

    private static ProblemResponseException refusalOf(CompletableFuture<?> call) {
        Throwable failed = catchThrowableOfType(Exception.class, () -> call.get(100, SECONDS));
        return (ProblemResponseException) Objects.requireNonNull(failed.getCause());
    }

    @Test
    void await_ends_when_the_client_is_closed() {
        server.put(ID, 1, "RUNNING");
        CompletableFuture<StatusDocument> finished = awaiting(LONG);
        server.awaitSubscriber();

        client.close();

        assertThatThrownBy(() -> finished.get(100, SECONDS))
                .hasCauseInstanceOf(NoResponseException.class);
    }

    @Test
    void await_ends_when_its_thread_is_interrupted() throws Exception {
        server.put(ID, 1, "RUNNING");
        var thrown = new AtomicReference<Exception>();
        Thread waiting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        client.await(ID, LONG);
                                    } catch (InterruptedException | TimeoutException ended) {
                                        thrown.set(ended);
                                    }
                                });
        server.awaitSubscriber();

        waiting.interrupt();
        waiting.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void many_watches_share_one_socket_and_the_reads_of_a_request() {
        server.put(ID, 1, "RUNNING");
        var changes = new CopyOnWriteArrayList<StatusDocument>();
        for (int watch = 0; watch < 50; watch++) {
            client.watch(ID, changes::add);
        }
        server.awaitSubscriber();
        Await.until("every watch has the document", () -> changes.size() == 50);

        server.push(ID, 2, "SUCCEEDED");
        Await.until("every watch has the end", () -> changes.size() == 100);

        assertThat(server.calls("^socket")).hasSize(1);
        assertThat(server.calls("^GET").size()).isLessThan(10);
    }

    @Test
    void removal_is_reported_and_the_end_follows() throws Exception {
        server.put(ID, 1, "RUNNING");
        Events events = new Events();
        Watch watch = client.watch(ID, events);
        server.awaitSubscriber();
        Await.until("the document", () -> !events.all.isEmpty());

        server.remove(ID);
        watch.end().get(100, SECONDS);

        assertThat(events.all).containsExactly(ID + " version 1", "removed " + ID);
    }

    @Test
    void deleted_request_is_reported_as_removed_without_a_push() {
        server.put("some-id-2", 1, "SUCCEEDED");
        server.put(ID, 3, "SUCCEEDED");
        Events events = new Events();
        client.watch(events);
        Await.until("both documents", () -> events.all.size() == 2);
        server.awaitSubscriber();

        client.delete(ID);

        Await.until("the removal", () -> events.all.contains("removed " + ID));
        assertThat(server.calls("^DELETE"))
                .extracting(Call::name)
                .containsExactly("DELETE /requests/" + ID);
        assertThat(refusalOf(CompletableFuture.runAsync(() -> client.delete(ID))).status())
                .isEqualTo(404);
    }

    @Test
    void deleted_request_is_reported_as_removed_once_if_its_removal_is_pushed() {
        server.put("some-id-2", 1, "RUNNING");
        server.put(ID, 3, "SUCCEEDED");
        Events events = new Events();
        client.watch(events);
        Await.until("both documents", () -> events.all.size() == 2);
        server.awaitSubscriber();
        server.next(
                "^DELETE",
                () -> {
                    server.remove(ID);
                    return ScriptedServer.Response.of(204);
                });

        client.delete(ID);
        Await.until("the removal", () -> events.all.contains("removed " + ID));
        server.push("some-id-2", 2, "SUCCEEDED");
        Await.until("the other one", () -> events.all.contains("some-id-2 version 2"));

        assertThat(events.all).containsOnlyOnce("removed " + ID);
    }

    @Test
    void request_that_cannot_be_deleted_stays() {
        server.put(ID, 1, "RUNNING");
        server.next("^DELETE", ScriptedServer.problem(409, "/problems/wrong-status"));

        assertThat(refusalOf(CompletableFuture.runAsync(() -> client.delete(ID))).status())
                .isEqualTo(409);
        assertThat(client.get(ID).version()).isEqualTo(1);
    }

    @Test
    void list_is_filtered_by_tags() {
        client.list(RequestQuery.all().tag("trip-42", "team:sales"));

        assertThat(server.names())
                .containsExactly("GET /requests?tag=trip-42%2Cteam%3Asales&limit=50");
    }

    @Test
    void listener_that_throws_is_called_again_and_does_not_affect_others() throws Exception {
        server.put(ID, 1, "RUNNING");
        List<Long> seen = new CopyOnWriteArrayList<>();
        client.watch(
                ID,
                document -> {
                    seen.add(document.version());
                    throw new IllegalStateException("a mistake in the application");
                });
        CompletableFuture<StatusDocument> finished = awaiting(LONG);
        Await.until("the document", () -> !seen.isEmpty());
        server.awaitSubscriber();

        server.push(ID, 2, "SUCCEEDED");

        assertThat(finished.get(100, SECONDS).version()).isEqualTo(2);
        Await.until("both versions", () -> seen.equals(List.of(1L, 2L)));
    }

    @Test
    void slow_listener_receives_the_newest_document_and_delays_no_other() throws Exception {
        server.put(ID, 1, "RUNNING");
        var release = new CountDownLatch(1);
        var blocked = new CountDownLatch(1);
        List<Long> seen = new CopyOnWriteArrayList<>();
        Watch slow =
                client.watch(
                        ID,
                        document -> {
                            seen.add(document.version());
                            blocked.countDown();
                            await(release);
                        });
        blocked.await();
        server.awaitSubscriber();
        CompletableFuture<StatusDocument> finished = awaiting(LONG);

        for (int version = 2; version < 10; version++) {
            server.push(ID, version, "RUNNING");
        }
        server.push(ID, 10, "SUCCEEDED");
        finished.get(100, SECONDS);
        release.countDown();
        slow.end().get(100, SECONDS);

        assertThat(seen).containsExactly(1L, 10L);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void listener_may_call_the_client_and_close_its_watch() throws Exception {
        server.put(ID, 1, "RUNNING");
        var watch = new CompletableFuture<Watch>();
        List<StatusDocument> read = new CopyOnWriteArrayList<>();
        watch.complete(
                client.watch(
                        ID,
                        document -> {
                            read.add(client.get(ID));
                            watch.join().close();
                        }));

        watch.get().end().get(100, SECONDS);

        assertThat(read).hasSize(1);
    }

    @Test
    void closed_watch_reports_nothing_more() throws Exception {
        server.put(ID, 1, "RUNNING");
        List<Long> seen = new CopyOnWriteArrayList<>();
        Watch watch = client.watch(ID, document -> seen.add(document.version()));
        CompletableFuture<StatusDocument> finished = awaiting(LONG);
        Await.until("the document", () -> !seen.isEmpty());
        server.awaitSubscriber();

        watch.close();
        watch.end().get(100, SECONDS);
        server.push(ID, 2, "SUCCEEDED");
        finished.get(100, SECONDS);

        assertThat(seen).containsExactly(1L);
    }

    @Test
    void partial_document_is_never_reported() throws Exception {
        server.put(ID, 1, "RUNNING");
        List<StatusDocument> seen = new CopyOnWriteArrayList<>();
        Watch watch = client.watch(ID, seen::add);
        Await.until("the document", () -> !seen.isEmpty());
        server.awaitSubscriber();

        ObjectNode part = server.put(ID, 2, "SUCCEEDED").deepCopy().put("partial", true);
        server.pushed(part.without(List.of("input", "result")));
        watch.end().get(100, SECONDS);

        assertThat(seen)
                .extracting(it -> it.input().toString())
                .containsOnly("{\"dish\":\"soup\"}");
    }

    @Test
    void application_may_have_its_own_mapper_and_http_client() {
        JsonMapper mapper =
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build();
        try (HttpClient http = HttpClient.newHttpClient();
                StatuswireClient own =
                        StatuswireClient.builder(server.uri())
                                .httpClient(http)
                                .objectMapper(mapper)
                                .build()) {
            own.submit("place-order", new Order("soup", 20));
        }

        assertThat(server.calls("^PUT"))
                .extracting(Call::body)
                .containsExactly(
                        "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"cook_millis\":20}}");
    }

    @Test
    void call_without_a_token_sends_nothing() {
        try (StatuswireClient own =
                StatuswireClient.builder(server.uri())
                        .token(
                                () -> {
                                    throw new IllegalStateException("the issuer is unreachable");
                                })
                        .build()) {
            assertThatThrownBy(() -> own.get(ID))
                    .isInstanceOf(NoResponseException.class)
                    .hasMessage("Could not get an access token; nothing was sent");
        }
        try (StatuswireClient own =
                StatuswireClient.builder(server.uri()).token(() -> "two words").build()) {
            assertThatThrownBy(() -> own.get(ID))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("words");
        }
        assertThat(server.names()).isEmpty();
    }

    @Test
    void pages_of_a_long_list_are_read_again_after_the_socket_was_cut() throws Exception {
        for (int number = 0; number < 120; number++) {
            server.put("listed-%03d".formatted(number), 1, "SUCCEEDED");
        }
        List<String> seen = new CopyOnWriteArrayList<>();
        client.watch(document -> seen.add(document.id() + " " + document.version()));
        server.awaitSubscriber();
        Await.until("the first page", () -> seen.size() >= 50);
        assertThat(seen).contains("listed-119 1", "listed-070 1").doesNotContain("listed-069 1");
        for (int number = 120; number < 300; number++) {
            server.put("listed-%03d".formatted(number), 1, "SUCCEEDED");
        }
        server.put("listed-075", 2, "ACCEPTED");

        server.cutSockets();

        Await.until("the change of an old request", () -> seen.contains("listed-075 2"));
        Await.until("all newer requests", () -> seen.size() >= 50 + 180 + 1);
        assertThat(seen).doesNotHaveDuplicates().doesNotContain("listed-069 1");
    }

    @Test
    void class_files_are_those_of_java_17() throws Exception {
        String name = "/" + StatuswireClient.class.getName().replace('.', '/') + ".class";
        try (InputStream in = StatuswireClient.class.getResourceAsStream(name)) {
            assertThat(Objects.requireNonNull(in).readNBytes(8)[7]).isEqualTo((byte) JAVA_17);
        }
    }
}
