package dev.statuswire.tests.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.tests.process.SingleEffect;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests that the kill loop's checks find errors in a history. */
final class HistoryTest {

    private static final String DONE =
            "{\"name\":\"first\",\"status\":\"SUCCEEDED\",\"output\":{\"fence\":1}}";
    private static final String REDONE =
            "{\"name\":\"first\",\"status\":\"SUCCEEDED\",\"output\":{\"fence\":3}}";
    private static final String UNDONE = "{\"name\":\"first\",\"status\":\"PENDING\"}";

    private final SubmittedRequest submitted =
            new SubmittedRequest("abcdefgh", "slow-effects", Json.parse("{}").orElseThrow());
    private final TreeMap<Long, JsonNode> versions = new TreeMap<>();

    private void saw(long version, String status, String step) {
        String document =
                "{\"version\":%d,\"status\":\"%s\",\"cancelRequested\":false,\"steps\":[%s]}"
                        .formatted(version, status, step);
        versions.put(version, Json.parse(document).orElseThrow());
    }

    private List<String> faults() {
        return History.faults(submitted, versions);
    }

    @Test
    void ordinary_history_with_a_retry_by_the_user_is_valid() {
        submitted.retry();
        saw(1, "ACCEPTED", UNDONE);
        saw(2, "RUNNING", UNDONE);
        saw(3, "RUNNING", DONE);
        saw(4, "FAILED", DONE);
        saw(5, "ACCEPTED", DONE);
        saw(9, "SUCCEEDED", DONE);

        assertThat(faults()).isEmpty();
    }

    @Test
    void change_that_is_no_transition_is_found() {
        saw(1, "ACCEPTED", UNDONE);
        saw(2, "SUCCEEDED", DONE);

        assertThat(faults()).singleElement().asString().contains("no transition");
    }

    @Test
    void request_that_needs_no_claim_may_finish_at_once_but_only_if_new() {
        var single = new SubmittedRequest("abcdefgh", SingleEffect.NAME, submitted.input());
        saw(1, "ACCEPTED", UNDONE);
        saw(2, "SUCCEEDED", DONE);
        assertThat(History.faults(single, versions)).isEmpty();

        versions.clear();
        saw(3, "ACCEPTED", UNDONE);
        saw(4, "SUCCEEDED", DONE);
        assertThat(History.faults(single, versions))
                .singleElement()
                .asString()
                .contains("no transition");
    }

    @Test
    void finished_request_that_continues_without_a_retry_is_found() {
        saw(4, "FAILED", UNDONE);
        saw(7, "RUNNING", UNDONE);

        assertThat(faults()).singleElement().asString().contains("retried 0 times");
    }

    @Test
    void request_that_continues_after_it_succeeded_is_found() {
        submitted.retry();
        saw(4, "SUCCEEDED", DONE);
        saw(6, "RUNNING", DONE);

        assertThat(faults()).singleElement().asString().contains("had succeeded");
    }

    @Test
    void cancel_that_no_client_sent_is_found() {
        saw(1, "ACCEPTED", UNDONE);
        saw(2, "CANCELLED", UNDONE);

        assertThat(faults()).singleElement().asString().contains("no client cancelled it");
    }

    @Test
    void finished_step_that_runs_again_is_found() {
        saw(3, "RUNNING", DONE);
        saw(6, "RUNNING", REDONE);

        assertThat(faults()).singleElement().asString().contains("changed in");
    }

    @Test
    void finished_step_that_is_reset_is_found() {
        saw(3, "RUNNING", DONE);
        saw(4, "ACCEPTED", UNDONE);

        assertThat(faults()).singleElement().asString().contains("changed in");
    }
}
