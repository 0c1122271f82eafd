package dev.statuswire.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.request.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A write succeeds, but its response is lost completely or after some bytes, so the SDK sends the
 * write again. The leases are longer than any wait here, so a request that only a sweep would
 * continue fails the test.
 */
final class LostAnswersTest {

    private static final String PUT = "PutItem.*\"TableName\":\"statuswire-requests\"";
    private static final String TRANSACTION =
            "TransactWriteItems.*\"TableName\":\"statuswire-requests\"";
    private static final String UPDATE = "UpdateItem.*\"TableName\":\"statuswire-requests\"";

    @TempDir private static Path folder;
    private static FaultyRuntime local;

    private final String gate = UUID.randomUUID().toString();
    private final String waits = "{\"gate\":\"" + gate + "\"}";
    private int cutsBefore;

    @BeforeAll
    static void start() {
        local =
                new FaultyRuntime(
                        ServiceFolder.in(folder, GatedType.types()), Duration.ofMinutes(10));
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @AfterEach
    void heal() {
        local.database().heal();
        GatedType.open(gate);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60})
    void submission_resent_by_the_sdk_is_202(int bytes) {
        String id = ApiClient.newId();
        cutOnce(PUT, bytes);

        Answer answer = local.submit(id, "note-quick", "{}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("id").asText()).isEqualTo(id);
        assertCut();
        local.await(id, "SUCCEEDED");
        assertOnce(id);
    }

    @Test
    void submission_that_lost_every_response_is_503_and_finds_its_request_when_repeated() {
        String id = ApiClient.newId();
        local.database().set(new Fault.Cut(0, PUT, Integer.MAX_VALUE));
        assertThat(local.submit(id, "note-quick", "{}").status()).isEqualTo(503);
        local.database().heal();

        assertThat(local.submit(id, "note-quick", "{}").status()).isEqualTo(200);
        assertThat(local.submit(id, "note-slow", "{}").status()).isEqualTo(409);
        local.await(id, "SUCCEEDED");
        assertOnce(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60})
    void submission_by_key_resent_by_the_sdk_is_202_and_one_request(int bytes) {
        String key = ApiClient.newId();
        cutOnce(TRANSACTION, bytes);

        Answer answer = post(key);

        assertThat(answer.status()).isEqualTo(202);
        assertCut();
        String id = answer.json().get("id").asText();
        assertThat(post(key).json().get("id").asText()).isEqualTo(id);
        local.await(id, "SUCCEEDED");
        assertOnce(id);
    }

    @Test
    void submission_by_key_that_lost_every_response_finds_its_request_when_repeated() {
        String key = ApiClient.newId();
        local.database().set(new Fault.Cut(0, TRANSACTION, Integer.MAX_VALUE));
        assertThat(post(key).status()).isEqualTo(503);
        local.database().heal();

        Answer second = post(key);
        assertThat(second.status()).isEqualTo(200);
        String id = second.json().get("id").asText();
        assertThat(post(key).json().get("id").asText()).isEqualTo(id);
        local.await(id, "SUCCEEDED");
        assertOnce(id);
    }

    private static Answer post(String key) {
        return local.api()
                .postJson(
                        "/requests",
                        "{\"type\":\"note-quick\",\"input\":{}}",
                        "Idempotency-Key",
                        key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"note-quick", "note-slow"})
    void every_write_of_a_worker_survives_the_loss_of_its_response(String type) {
        for (int update = 0; update < 4; update++) {
            String own = gate + update;
            String id = local.accepted(type, "{\"gate\":\"" + own + "\"}");
            local.await(id, "RUNNING");
            cutOnce(UPDATE, update * 25);
            GatedType.open(own);

            local.await(id, "SUCCEEDED");
            assertCut();
            assertOnce(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"note-quick", "note-slow"})
    void claim_whose_response_was_lost_continues_at_once(String type) {
        cutOnce(UPDATE, 0);
        String id = local.accepted(type, "{}");

        local.await(id, "SUCCEEDED");
        assertCut();
        assertOnce(id);
    }

    @Test
    void retry_is_202_even_if_its_response_was_lost_and_the_request_was_claimed() {
        String id = local.accepted("note-slow", waits);
        local.await(id, "RUNNING");
        local.api().post("/requests/" + id + "/cancel");
        local.await(id, "CANCELLED");

        cutOnce(UPDATE, 0);
        Answer retry = local.api().post("/requests/" + id + "/retry");

        assertThat(retry.status()).as(retry.body()).isEqualTo(202);
        assertCut();
        GatedType.open(gate);
        local.await(id, "SUCCEEDED");
    }

    @Test
    void cancel_of_a_running_request_is_202_even_if_its_response_was_lost() {
        String id = local.accepted("note-slow", waits);
        local.await(id, "RUNNING");

        cutOnce(UPDATE + ".*cancelRequested", 0);
        Answer cancel = local.api().post("/requests/" + id + "/cancel");

        assertThat(cancel.status()).as(cancel.body()).isEqualTo(202);
        assertCut();
        local.await(id, "CANCELLED");
    }

    private void cutOnce(String to, int bytes) {
        cutsBefore = local.database().cuts();
        local.database().set(new Fault.Cut(bytes, to, 1));
    }

    private void assertCut() {
        assertThat(local.database().cuts()).isEqualTo(cutsBefore + 1);
    }

    /**
     * Asserts that the request succeeded in its first attempt; a hand-back would not count as one.
     */
    private static void assertOnce(String id) {
        Histories histories = local.histories();
        histories.assertSucceeded(id);
        Request last = histories.of(id).getLast();
        assertThat(last.attempt()).isEqualTo(1);
        assertThat(local.api().get("/status/" + id).json().get("version").asLong())
                .isEqualTo(last.version());
    }
}
