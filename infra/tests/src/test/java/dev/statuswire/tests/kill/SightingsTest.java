package dev.statuswire.tests.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import org.junit.jupiter.api.Test;

/** What the kill loop's clients see is compared with what they saw. */
final class SightingsTest {

    private final Ledger ledger = new Ledger();
    private final Findings findings = new Findings();
    private final Sightings sightings = new Sightings(ledger, findings);

    SightingsTest() {
        ledger.add("abcdefgh", "slow-effects", Json.parse("{}").orElseThrow());
    }

    private static JsonNode document(long version, String status) {
        String text =
                "{\"id\":\"abcdefgh\",\"version\":%d,\"status\":\"%s\",\"input\":{}}"
                        .formatted(version, status);
        return Json.parse(text).orElseThrow();
    }

    @Test
    void old_versions_that_nobody_asked_for_may_come_late() {
        sightings.add(document(3, "RUNNING"), 0);
        sightings.add(document(2, "ACCEPTED"), 0);
        sightings.add(document(3, "RUNNING"), 0);

        assertThat(findings.all()).isEmpty();
        assertThat(sightings.newest("abcdefgh")).isEqualTo(3);
    }

    @Test
    void read_that_goes_back_is_found() {
        sightings.add(document(2, "RUNNING"), 3);

        assertThat(findings.all()).singleElement().asString().contains("went back");
    }

    @Test
    void version_that_is_two_things_is_found() {
        sightings.add(document(2, "RUNNING"), 0);
        sightings.add(document(2, "CANCELLED"), 0);

        assertThat(findings.all()).singleElement().asString().contains("and then another");
    }

    @Test
    void input_that_nobody_sent_is_found() {
        ObjectNode other = document(1, "ACCEPTED").deepCopy();
        other.put("input", 1);
        sightings.add(other, 0);

        assertThat(findings.all()).singleElement().asString().contains("another input");
    }
}
