package dev.statuswire.bench.figure;

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

final class ReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Figure GOOD =
            new Figure("accept", "PutItem", 1.5, 2, "ms", Target.atMost(1));
    private static final Figure BAD =
            new Figure("throughput", "PutItem", 50, 100, "requests/s", Target.atLeast(0.7));
    private static final Figure UNMEASURED =
            new Figure("lost", "PutItem", Double.NaN, 2, "ms", Target.atMost(1));

    @TempDir Path folder;

    private JsonNode written(Figure figure) throws IOException {
        Path file = folder.resolve("new/bench.json");
        new Report(List.of(figure)).write(file);
        return JSON.readTree(file.toFile()).at("/figures/0");
    }

    @Test
    void json_has_each_figure_with_its_limit_and_whether_it_holds() throws IOException {
        assertThat(written(GOOD))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"name":"accept","beside":"PutItem","ours":1.5,"limit":2.0,
                                 "unit":"ms","ratio":0.75,"target":1.0,"sense":"at_most",
                                 "holds":true}
                                """));
        assertThat(written(BAD).path("holds").booleanValue()).isFalse();
        assertThat(written(BAD).path("sense").textValue()).isEqualTo("at_least");
    }

    @Test
    void what_is_no_number_is_null_in_json() throws IOException {
        JsonNode json = written(UNMEASURED);

        assertThat(json.path("ours").isNull()).isTrue();
        assertThat(json.path("ratio").isNull()).isTrue();
        assertThat(json.path("holds").booleanValue()).isFalse();
    }

    @Test
    void report_holds_where_all_its_figures_do() {
        assertThat(new Report(List.of(GOOD)).holds()).isTrue();
        assertThat(new Report(List.of(GOOD, BAD)).holds()).isFalse();
    }

    @Test
    void table_shows_each_ratio_beside_its_target() {
        var bytes = new ByteArrayOutputStream();
        new Report(List.of(GOOD, BAD)).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("accept", "0.750", "≤ 1.00", "yes"))
                .anySatisfy(
                        line -> assertThat(line).contains("throughput", "0.500", "≥ 0.700", "NO"));
    }
}
