package dev.statuswire.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime as a process: started, killed, stopped, refused. */
final class ProcessTest {

    private static final Set<String> FINISHED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    /** Long enough to be seen at it on a slow machine. */
    private static final String COOKS_LONG =
            "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"cookMillis\":8000}}";

    private static final String COOKS_VERY_LONG =
            "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"cookMillis\":120000}}";

    @TempDir private Path folder;

    @Test
    void killed_at_work_it_loses_nothing_and_does_nothing_twice() throws Exception {
        var ids = new ArrayList<String>();
        try (var first = RuntimeProcess.onDisk(folder)) {
            ApiClient api = first.awaitApi();
            for (int n = 0; n < 50; n++) {
                ids.add(submit(api, order(n)));
            }
            Await.until("some of them are done", () -> count(api, ids, "SUCCEEDED") >= 1);
            String slow = submit(api, COOKS_LONG);
            ids.add(slow);
            Await.until("one runs", () -> "RUNNING".equals(status(api, slow, "/status")));
            ids.add(submit(api, order(0)));
            first.kill();
        }
        try (var second = RuntimeProcess.onDisk(folder)) {
            ApiClient api = second.awaitApi();
            for (String id : ids) {
                Await.until(id + " finished", () -> FINISHED.contains(status(api, id, "/status")));
                JsonNode done = api.get("/status/" + id).json();
                assertThat(done.get("status").asText()).isEqualTo("SUCCEEDED");
                assertThat(done.get("steps").findValuesAsText("status"))
                        .containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
            }
        }
    }

    @Test
    void finished_steps_of_a_killed_process_are_not_done_again() throws Exception {
        String id;
        JsonNode before;
        try (var first = RuntimeProcess.onDisk(folder)) {
            ApiClient api = first.awaitApi();
            id = submit(api, COOKS_LONG);
            Await.until("it cooks", () -> "RUNNING".equals(status(api, id, "/steps/1/status")));
            before = api.get("/status/" + id).json();
            first.kill();
        }
        try (var second = RuntimeProcess.onDisk(folder)) {
            ApiClient api = second.awaitApi();
            Await.until("done", () -> "SUCCEEDED".equals(status(api, id, "/status")));
            JsonNode after = api.get("/status/" + id).json();

            assertThat(after.at("/steps/0")).isEqualTo(before.at("/steps/0"));
            assertThat(after.get("attempt").asInt()).isEqualTo(2);
        }
    }

    @Test
    void ctrl_c_at_work_hands_back_what_runs_and_ends_with_code_0() throws Exception {
        var ids = new ArrayList<String>();
        try (var first = RuntimeProcess.onDisk(folder)) {
            ApiClient api = first.awaitApi();
            for (int n = 0; n < 10; n++) {
                ids.add(submit(api, COOKS_VERY_LONG));
            }
            Await.until("all run", () -> count(api, ids, "RUNNING") == 10);
            long start = System.nanoTime();
            first.interrupt();

            assertThat(first.awaitEnd()).as(first.errors()).isZero();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isLessThan(Duration.ofSeconds(30));
        }
        try (var second = RuntimeProcess.onDisk(folder)) {
            ApiClient api = second.awaitApi();
            for (String id : ids) {
                Await.until(id, () -> "RUNNING".equals(status(api, id, "/status")));
                assertThat(status(api, id, "/attempt")).isEqualTo("1");
                api.post("/requests/" + id + "/cancel");
            }
        }
    }

    @Test
    void port_that_is_taken_is_one_line_and_code_2() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            for (String option : List.of("--port=", "--dynamodb-port=")) {
                String other = option.equals("--port=") ? "--dynamodb-port=0" : "--port=0";
                try (var refused =
                        RuntimeProcess.start(folder, "--in-memory", option + port, other)) {
                    assertThat(refused.awaitEnd()).isEqualTo(2);
                    assertThat(refused.errors().lines().filter(line -> !line.contains("INFO")))
                            .singleElement()
                            .asString()
                            .startsWith("statuswire: ")
                            .contains(port);
                }
            }
        }
    }

    @Test
    void data_folder_in_use_is_one_line_and_code_2() throws Exception {
        try (var first = RuntimeProcess.onDisk(folder)) {
            first.awaitPage();
            try (var second = RuntimeProcess.onDisk(folder)) {
                assertThat(second.awaitEnd()).isEqualTo(2);
                assertThat(second.errors().strip().lines())
                        .singleElement()
                        .asString()
                        .contains("in use by another process");
            }
        }
    }

    @Test
    void option_that_makes_no_sense_is_code_2_without_a_stack_trace() throws Exception {
        for (String option : List.of("--port=many", "--port=70000", "--lease=0", "--what")) {
            try (var refused = RuntimeProcess.start(folder, "--in-memory", option)) {
                assertThat(refused.awaitEnd()).as(option).isEqualTo(2);
                assertThat(refused.errors()).as(option).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void help_names_every_option() throws Exception {
        try (var help = RuntimeProcess.start(folder, "--help")) {
            assertThat(help.awaitEnd()).isZero();
            assertThat(help.output())
                    .contains(
                            "--port",
                            "--dynamodb-port",
                            "--data",
                            "--in-memory",
                            "--lease",
                            "--start-grace",
                            "--poll-millis",
                            "--dynamodb-endpoint",
                            "STATUSWIRE_PORT");
        }
    }

    private static String order(int n) {
        return switch (n % 3) {
            case 0 -> "{\"dish\":\"soup\",\"quantity\":1}";
            case 1 -> "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"cookMillis\":3000}}";
            default ->
                    "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"failStep\":\"cook\",\"failTimes\":1}}";
        };
    }

    private static String submit(ApiClient api, String input) {
        String id = ApiClient.newId();
        var answer =
                api.putJson(
                        "/requests/" + id, "{\"type\":\"place-order\",\"input\":" + input + "}");
        assertThat(answer.status()).isEqualTo(202);
        return id;
    }

    private static long count(ApiClient api, List<String> ids, String status) {
        return ids.stream().filter(id -> status.equals(status(api, id, "/status"))).count();
    }

    private static String status(ApiClient api, String id, String pointer) {
        return api.get("/status/" + id).json().at(pointer).asText();
    }
}
