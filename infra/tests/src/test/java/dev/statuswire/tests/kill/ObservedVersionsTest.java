package dev.statuswire.tests.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import org.junit.jupiter.api.Test;

/** Tests that what the kill loop's clients receive is compared with what they received before. */
final class ObservedVersionsTest {

    private final SubmittedRequests requests = new SubmittedRequests();
    private final Findings findings = new Findings();
    private final ObservedVersions observed = new ObservedVersions(requests, findings);

    ObservedVersionsTest() {
        requests.add("abcdefgh", "slow-effects", Json.parse("{}").orElseThrow());
    }

    private static JsonNode document(long version, String status) {
        String text =
                "{\"id\":\"abcdefgh\",\"version\":%d,\"status\":\"%s\",\"input\":{}}"
                        .formatted(version, status);
        return Json.parse(text).orElseThrow();
    }

    @Test
    void old_versions_that_were_not_requested_may_arrive_late() {
        observed.add(document(3, "RUNNING"), 0);
        observed.add(document(2, "ACCEPTED"), 0);
        observed.add(document(3, "RUNNING"), 0);

        assertThat(findings.all()).isEmpty();
        assertThat(observed.newest("abcdefgh")).isEqualTo(3);
    }

    @Test
    void read_of_an_older_version_is_found() {
        observed.add(document(2, "RUNNING"), 3);

        assertThat(findings.all()).singleElement().asString().contains("went back");
    }

    @Test
    void version_with_two_documents_is_found() {
        observed.add(document(2, "RUNNING"), 0);
        observed.add(document(2, "CANCELLED"), 0);

        assertThat(findings.all())
                .singleElement()
                .asString()
                .contains("two documents of one version");
    }

    @Test
    void input_that_no_client_sent_is_found() {
        ObjectNode other = document(1, "ACCEPTED").deepCopy();
        other.put("input", 1);
        observed.add(other, 0);

        assertThat(findings.all()).singleElement().asString().contains("another input");
    }
}
