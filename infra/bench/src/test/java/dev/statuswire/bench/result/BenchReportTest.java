package dev.statuswire.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Measurement GOOD =
            new Measurement("accept", "PutItem", 1.5, 2, "ms", Target.atMost(1));
    private static final Measurement BAD =
            new Measurement("throughput", "PutItem", 50, 100, "requests/s", Target.atLeast(0.7));
    private static final Measurement UNMEASURED =
            new Measurement("lost", "PutItem", Double.NaN, 2, "ms", Target.atMost(1));

    @TempDir Path folder;

    private JsonNode written(Measurement measurement) throws IOException {
        Path file = folder.resolve("new/bench.json");
        new BenchReport(List.of(measurement)).write(file);
        return JSON.readTree(file.toFile()).at("/measurements/0");
    }

    @Test
    void json_has_the_value_the_baseline_and_whether_the_target_is_met() throws IOException {
        assertThat(written(GOOD))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"name":"accept","baselineName":"PutItem","value":1.5,
                                 "baseline":2.0,"unit":"ms","ratio":0.75,"target":1.0,
                                 "sense":"at_most","met":true}
                                """));
        assertThat(written(BAD).path("met").booleanValue()).isFalse();
        assertThat(written(BAD).path("sense").textValue()).isEqualTo("at_least");
    }

    @Test
    void value_that_is_not_a_number_is_null_in_json() throws IOException {
        JsonNode json = written(UNMEASURED);

        assertThat(json.path("value").isNull()).isTrue();
        assertThat(json.path("ratio").isNull()).isTrue();
        assertThat(json.path("met").booleanValue()).isFalse();
    }

    @Test
    void table_shows_each_ratio_beside_its_target() {
        var bytes = new ByteArrayOutputStream();
        new BenchReport(List.of(GOOD, BAD))
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("accept", "0.750", "≤ 1.00", "yes"))
                .anySatisfy(
                        line -> assertThat(line).contains("throughput", "0.500", "≥ 0.700", "NO"));
    }
}
