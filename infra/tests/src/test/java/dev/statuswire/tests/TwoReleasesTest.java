package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.local.LocalSettings;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.tests.faults.GatedType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two releases run on one table, as during a deployment: workers that do not know a type that is
 * accepted must not fail its requests, and workers finish the requests of a type that is no longer
 * accepted.
 */
final class TwoReleasesTest {

    private static final int REQUESTS = 30;
    private static final List<Class<? extends RequestType<?>>> NOTES =
            List.of(GatedType.Quick.class, GatedType.Slow.class);
    private static final TransitionTiming TIMING =
            new TransitionTiming(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofDays(7));

    private final DynamoDbEngine engine = EmbeddedDynamoDb.inMemory(0);
    private final DynamoDbRequestStore store =
            new DynamoDbRequestStore(
                    engine.client(), "statuswire-requests", new Transitions(TIMING));

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void requests_of_a_new_type_succeed_while_both_releases_run() {
        try (var older = older();
                var newer = newer()) {
            List<String> ids = numbers().mapToObj(n -> newer.submit(type(n), "{}")).toList();

            for (String id : ids) {
                JsonNode done = newer.finished(id);
                assertThat(done.get("status").asText()).as(done.toString()).isEqualTo("SUCCEEDED");
                assertThat(older.status(id)).isEqualTo(done);
            }
        }
    }

    @Test
    void requests_of_a_new_type_wait_for_the_newer_release() {
        List<RequestKey> keys =
                numbers().mapToObj(n -> new RequestKey("local", "request-" + n)).toList();
        try (var older = older()) {
            numbers()
                    .forEach(
                            n ->
                                    store.submit(
                                            keys.get(n),
                                            new Submission(type(n), "{}"),
                                            Instant.now()));

            keys.forEach(this::awaitOfferedAgain);

            for (RequestKey key : keys) {
                JsonNode waiting = older.status(key.id());
                assertThat(waiting.get("status").asText()).isEqualTo("ACCEPTED");
                assertThat(waiting.get("attempt").asInt()).isZero();
            }
            try (var newer = newer()) {
                keys.forEach(key -> newer.await(key.id(), "SUCCEEDED"));
            }
        }
    }

    /** The first of the two deployments that remove a type. */
    @Test
    void retired_type_is_refused_and_its_requests_are_finished() {
        try (var retiring =
                running(NOTES, Map.of("STATUSWIRE_RETIRED_TYPES", "note-quick,note-slow"))) {
            List<RequestKey> keys =
                    IntStream.range(0, 2)
                            .mapToObj(n -> new RequestKey("local", "request-" + n))
                            .toList();
            IntStream.range(0, 2)
                    .forEach(
                            n ->
                                    store.submit(
                                            keys.get(n),
                                            new Submission(type(n), "{}"),
                                            Instant.now()));

            keys.forEach(key -> retiring.await(key.id(), "SUCCEEDED"));
            Answer refused =
                    retiring.api()
                            .putJson(
                                    "/requests/" + ApiClient.newId(),
                                    "{\"type\":\"note-quick\",\"input\":{}}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(retiring.api().get("/types").json().findValuesAsText("name"))
                    .isNotEmpty()
                    .doesNotContain("note-quick", "note-slow");
        }
    }

    /**
     * Waits until the older release has set the request aside and the sweeper has offered it since.
     */
    private void awaitOfferedAgain(RequestKey key) {
        Request offered =
                Await.get(
                        key + " offered again",
                        () ->
                                Optional.of(store.find(key).orElseThrow())
                                        .filter(
                                                it ->
                                                        it.typeUnknownSince() != null
                                                                && it.fence() > 0));
        assertThat(offered.status()).isEqualTo(Status.ACCEPTED);
    }

    private static IntStream numbers() {
        return IntStream.range(0, REQUESTS);
    }

    private static String type(int number) {
        return number % 2 == 0 ? "note-quick" : "note-slow";
    }

    private RuntimeExtension older() {
        return running(List.of(), Map.of());
    }

    private RuntimeExtension newer() {
        return running(NOTES, Map.of());
    }

    private RuntimeExtension running(
            List<Class<? extends RequestType<?>>> types, Map<String, String> environment) {
        return RuntimeExtension.withTypes(
                new LocalSettings(
                        LocalSettings.ListenAddress.onLoopback(0),
                        new LocalSettings.Database.External(engine.endpoint()),
                        TIMING,
                        List.of(),
                        Optional.empty(),
                        environment),
                types);
    }
}
