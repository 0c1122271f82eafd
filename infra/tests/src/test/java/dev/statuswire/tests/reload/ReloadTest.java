package dev.statuswire.tests.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.Contract;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.TypeJar;
import dev.statuswire.tests.RuntimeExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replaces a jar while the whole runtime processes requests of its type. */
final class ReloadTest {

    private static final String DOUGH = "{\"loaves\":2}";

    private @TempDir Path folder;
    private RuntimeExtension local;
    private Path jar;

    @BeforeEach
    void start() {
        jar = folder.resolve("bake.jar");
        Baker.version("v1", "mix", "bake!").writeTo(jar);
        local =
                new RuntimeExtension(
                        RuntimeExtension.SWEPT_EACH_SECOND.withTypeFolders(List.of(folder)));
    }

    @AfterEach
    void stop() {
        local.close();
    }

    private void load(TypeJar newer, String title) {
        newer.writeTo(jar);
        Await.until(title + " offered", () -> titles().contains(title));
    }

    private List<String> titles() {
        return local.api().get("/types").json().findValuesAsText("title");
    }

    /** Submits a request of the first version, and waits until its second step runs. */
    private String hanging() throws InterruptedException {
        String id = local.submit("bake", DOUGH);
        Baker.awaitHanging(id);
        return id;
    }

    private static List<String> outputs(JsonNode status) {
        return StreamSupport.stream(status.get("steps").spliterator(), false)
                .map(step -> step.path("output").asText())
                .toList();
    }

    @Test
    void running_step_is_handed_back_and_its_request_continues_on_the_newer_version()
            throws Exception {
        String id = hanging();

        load(Baker.version("v2", "mix", "bake", "cool"), "v2");

        JsonNode done = local.finished(id);
        assertThat(done.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(outputs(done)).containsExactly("mix by v1", "bake by v2", "cool by v2");
        assertThat(done.get("attempt").asInt()).isEqualTo(1);
        assertThat(Baker.runs(id, "mix")).isEqualTo(1);
        assertThat(Baker.runs(id, "bake")).isEqualTo(2);
        assertThat(outputs(local.finished(local.submit("bake", DOUGH)))).contains("mix by v2");
    }

    @Test
    void request_whose_finished_steps_are_no_longer_the_first_ones_fails_as_type_changed()
            throws Exception {
        String id = hanging();

        load(Baker.version("v2", "knead", "mix", "bake"), "v2");

        JsonNode failed = local.finished(id);
        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.at("/error/code").asText()).isEqualTo("type-changed");
        assertThat(failed.at("/error/retryable").asBoolean()).isTrue();

        load(Baker.version("v3", "mix", "bake"), "v3");
        assertThat(local.api().post("/requests/" + id + "/retry").status()).isEqualTo(202);
        assertThat(outputs(local.await(id, "SUCCEEDED")))
                .containsExactly("mix by v1", "bake by v3");
    }

    @Test
    void broken_jar_is_reported_and_the_previous_version_stays_active() throws Exception {
        assertThat(typeErrors()).isEmpty();

        Files.writeString(jar, "not a jar");
        Await.until("a report", () -> typeErrors().size() == 1);

        JsonNode health = local.api().get("/health").json();
        assertThat(health.path("status").asText()).isEqualTo("up");
        assertThat(typeErrors().get(0).path("source").asText())
                .isEqualTo(String.valueOf(folder.getFileName()));
        assertThat(typeErrors().get(0).path("reason").asText())
                .isEqualTo("bake.jar is not a readable jar");
        assertThat(titles()).contains("v1");
        hanging();

        load(Baker.version("v2", "mix"), "v2");
        Await.until("no report", () -> typeErrors().isEmpty());
    }

    private JsonNode typeErrors() {
        return local.api().get("/health").json().path("typeErrors");
    }

    @Test
    void requests_of_a_deleted_jar_wait_for_its_return() throws Exception {
        String id = hanging();

        Files.delete(jar);
        Await.until("bake no longer offered", () -> !titles().contains("v1"));
        int refused =
                local.api()
                        .putJson(
                                "/requests/" + ApiClient.newId(),
                                "{\"type\":\"bake\",\"input\":%s}".formatted(DOUGH))
                        .status();
        assertThat(refused).isEqualTo(422);
        assertThat(outputs(local.await(id, "ACCEPTED"))).startsWith("mix by v1");

        load(Baker.version("v2", "mix", "bake"), "v2");
        assertThat(outputs(local.await(id, "SUCCEEDED")))
                .containsExactly("mix by v1", "bake by v2");
    }

    @Test
    void open_pages_are_told_that_the_types_have_changed() {
        try (var page = LiveSocket.subscribed(local.api())) {
            load(Baker.version("v2", "mix"), "v2");

            page.await("types", frame -> "types".equals(frame.path("type").asText()));
            assertThat(page.frames()).extracting(Contract::asyncApiMessage).contains("types");
        }
    }
}
