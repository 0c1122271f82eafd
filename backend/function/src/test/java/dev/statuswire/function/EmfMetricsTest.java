package dev.statuswire.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.metrics.Metrics.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

final class EmfMetricsTest {

    private final EmfMetrics metrics =
            new EmfMetrics(new EmfMetricsProvider().getMetricsInstance(), "prod");

    private List<JsonNode> flushed() {
        return Stdout.linesOf(metrics::flush).stream()
                .map(line -> Json.parse(line).orElseThrow(() -> new AssertionError(line)))
                .toList();
    }

    @Test
    void counter_is_one_value_with_the_stage_and_the_label_as_dimensions() {
        metrics.count(Counter.FINISHED, "SUCCEEDED", 2);
        metrics.count(Counter.FINISHED, "SUCCEEDED", 3);

        JsonNode line = flushed().getFirst();

        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(directive.path("Namespace").asText()).isEqualTo("Statuswire");
        assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"stage\",\"status\"]]");
        assertThat(line.path("stage").asText()).isEqualTo("prod");
        assertThat(directive.at("/Metrics/0/Name").asText()).isEqualTo("finished");
        assertThat(directive.at("/Metrics/0/Unit").asText()).isEqualTo("Count");
        assertThat(line.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(line.path("finished").asDouble()).isEqualTo(5);
    }

    @Test
    void each_label_has_one_line_for_all_its_metrics() {
        metrics.count(Counter.ACCEPTED, "a", 1);
        metrics.count(Counter.RETRIED, "a", 1);
        metrics.count(Counter.ACCEPTED, "b", 1);

        assertThat(flushed())
                .extracting(
                        line -> line.path("type").asText(), line -> line.path("retried").asInt())
                .containsExactlyInAnyOrder(tuple("a", 1), tuple("b", 0));
    }

    @Test
    void times_are_in_milliseconds_and_many_are_not_lost() {
        IntStream.range(0, 250)
                .forEach(at -> metrics.time(Timer.CHANGE_TO_PUSH, "status", Duration.ofMillis(at)));

        List<Double> values =
                flushed().stream()
                        .flatMap(
                                line ->
                                        StreamSupport.stream(
                                                line.path("change_to_push").spliterator(), false))
                        .map(JsonNode::asDouble)
                        .toList();

        assertThat(values).hasSize(250).contains(0.0, 249.0);
    }

    @Test
    void flush_discards_what_it_wrote_and_writes_no_empty_line() {
        metrics.count(Counter.SWEPT, "offered", 1);

        assertThat(flushed()).hasSize(1);
        assertThat(flushed()).isEmpty();
    }

    @Test
    void metrics_of_priming_are_discarded() {
        metrics.count(Counter.SWEPT, "offered", 1);
        metrics.forget();

        assertThat(flushed()).isEmpty();
    }

    @Test
    void label_that_cloudwatch_would_refuse_is_converted() {
        metrics.count(Counter.ACCEPTED, "", 1);
        metrics.count(Counter.ACCEPTED, "ä b", 1);
        metrics.count(Counter.ACCEPTED, "x".repeat(5000), 1);

        assertThat(flushed())
                .extracting(line -> line.path("type").asText())
                .containsExactlyInAnyOrder("none", "__b", "x".repeat(250));
    }

    @Test
    void counts_of_many_threads_are_not_lost_during_flushes() throws Exception {
        List<String> lines;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = IntStream.range(0, 50).mapToObj(at -> counting()).toList();
            lines =
                    Stdout.linesOf(
                            () -> {
                                var counted = tasks.stream().map(threads::submit).toList();
                                while (!counted.stream().allMatch(it -> it.isDone())) {
                                    metrics.flush();
                                }
                                metrics.flush();
                            });
        }

        assertThat(
                        lines.stream()
                                .mapToLong(
                                        line ->
                                                Json.parse(line)
                                                        .orElseThrow()
                                                        .path("pushed")
                                                        .asLong())
                                .sum())
                .isEqualTo(50 * 200);
    }

    private Callable<Void> counting() {
        return () -> {
            for (int at = 0; at < 200; at++) {
                metrics.count(Counter.PUSHED, "status", 1);
            }
            return null;
        };
    }
}
