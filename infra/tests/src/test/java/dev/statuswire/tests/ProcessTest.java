package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.process.EffectSink;
import dev.statuswire.tests.process.EffectType;
import dev.statuswire.tests.process.QuickEffects;
import dev.statuswire.tests.process.RuntimeProcess;
import dev.statuswire.tests.process.SlowEffects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime as a process: start, kill, orderly shutdown, and refusal to start. */
final class ProcessTest {

    private static final Set<String> FINISHED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    @TempDir private Path folder;

    @Test
    void runtime_killed_at_work_loses_nothing_and_repeats_no_finished_step() throws Exception {
        var ids = new ArrayList<String>();
        String held = ApiClient.newId();
        JsonNode before;
        try (var sink = new EffectSink()) {
            sink.hold(EffectSink.key(held, "second"));
            try (var first = RuntimeProcess.onDisk(folder, sink)) {
                ApiClient api = first.awaitApi();
                submit(api, held, SlowEffects.NAME, "{}");
                ids.add(held);
                for (int n = 0; n < 30; n++) {
                    ids.add(submit(api, typeOf(n), inputOf(n)));
                }
                Await.until("some requests to succeed", () -> isAny(api, ids, "SUCCEEDED"));
                sink.awaitEffects(EffectSink.key(held, "second"), 1);
                before = api.get("/status/" + held).json();
                ids.add(submit(api, QuickEffects.NAME, "{}"));
                first.kill();
            }
            sink.release(EffectSink.key(held, "second"));
            try (var second = RuntimeProcess.onDisk(folder, sink)) {
                ApiClient api = second.awaitApi();
                for (String id : ids) {
                    Await.until(id, () -> FINISHED.contains(status(api, id, "/status")));
                    JsonNode after = api.get("/status/" + id).json();
                    assertThat(after.get("status").asText()).as(id).isEqualTo("SUCCEEDED");
                    assertThat(after.get("steps").findValuesAsText("status"))
                            .hasSizeGreaterThan(1)
                            .containsOnly("SUCCEEDED");
                    assertThat(repeatedSteps(sink, after)).isEmpty();
                }
                JsonNode after = api.get("/status/" + held).json();
                assertThat(before.at("/steps/0/status").asText()).isEqualTo("SUCCEEDED");
                assertThat(after.at("/steps/0")).isEqualTo(before.at("/steps/0"));
                assertThat(after.at("/steps/1/output/fence").asLong())
                        .isGreaterThan(after.at("/steps/0/output/fence").asLong());
            }
            assertThat(sink.effects(EffectSink.key(held, "second"))).hasSizeGreaterThan(1);
        }
    }

    /**
     * The sink never responds, so the shutdown does not wait for the steps to end. With a lease of
     * a minute, only a hand-back lets the next process continue at once.
     */
    @Test
    void ctrl_c_hands_back_running_requests_and_exits_with_code_0() throws Exception {
        List<String> ids = Stream.generate(ApiClient::newId).limit(10).toList();
        try (var sink = new EffectSink()) {
            ids.forEach(id -> sink.hold(EffectSink.key(id, "first")));
            try (var first = RuntimeProcess.withLeaseOf(60, folder, sink)) {
                ApiClient api = first.awaitApi();
                ids.forEach(id -> submit(api, id, SlowEffects.NAME, "{}"));
                ids.forEach(id -> sink.awaitEffects(EffectSink.key(id, "first"), 1));
                first.interrupt();

                assertThat(first.awaitEnd()).as(first.errors()).isZero();
            }
            try (var second = RuntimeProcess.withLeaseOf(60, folder, sink)) {
                ApiClient api = second.awaitApi();
                for (String id : ids) {
                    sink.awaitEffects(EffectSink.key(id, "first"), 2);
                    assertThat(status(api, id, "/attempt")).isEqualTo("1");
                    sink.release(EffectSink.key(id, "first"));
                    Await.until(id, () -> "SUCCEEDED".equals(status(api, id, "/status")));
                }
            }
        }
    }

    @Test
    void second_process_on_the_same_data_is_refused_and_the_first_ends_with_its_test()
            throws Exception {
        try (var first = RuntimeProcess.onDisk(folder)) {
            first.awaitPage();
            try (var second = RuntimeProcess.onDisk(folder)) {
                assertThat(second.awaitEnd()).isEqualTo(2);
                assertThat(second.errors().strip().lines())
                        .singleElement()
                        .asString()
                        .contains("in use by another process");
            }

            first.abandon();

            assertThat(first.awaitEnd()).isEqualTo(1);
        }
    }

    private static String typeOf(int n) {
        return n % 2 == 0 ? QuickEffects.NAME : SlowEffects.NAME;
    }

    private static String inputOf(int n) {
        return switch (n % 3) {
            case 0 -> "{}";
            case 1 -> "{\"delayMillis\":500}";
            default -> "{\"failStep\":\"second\",\"failTimes\":1}";
        };
    }

    private static String submit(ApiClient api, String type, String input) {
        String id = ApiClient.newId();
        submit(api, id, type, input);
        return id;
    }

    private static void submit(ApiClient api, String id, String type, String input) {
        var answer = api.putJson("/requests/" + id, EffectType.submission(type, input));
        assertThat(answer.status()).isEqualTo(202);
    }

    private static boolean isAny(ApiClient api, List<String> ids, String status) {
        return ids.stream().anyMatch(id -> status.equals(status(api, id, "/status")));
    }

    private static String status(ApiClient api, String id, String pointer) {
        return api.get("/status/" + id).json().at(pointer).asText();
    }

    /** Returns the names of the steps that ran again after their output had been stored. */
    private static List<String> repeatedSteps(EffectSink sink, JsonNode request) {
        String id = request.get("id").asText();
        return request.get("steps")
                .valueStream()
                .filter(step -> sink.isDoneAgain(id, step))
                .map(step -> step.get("name").asText())
                .toList();
    }
}
