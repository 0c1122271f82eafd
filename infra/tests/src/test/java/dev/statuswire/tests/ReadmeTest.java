package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the snippets of README.md, and the first JavaScript and Java snippets of
 * docs/guide/embed.md, on another port.
 */
final class ReadmeTest {

    private static final Readme README = Readme.read();

    /** The runtime, with the README's own request type on its class path. */
    @RegisterExtension static final RuntimeExtension LOCAL = startWithOwnType();

    @TempDir Path folder;

    private static RuntimeExtension startWithOwnType() {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try {
            Path type = README.compiledType(Files.createTempDirectory("readme"));
            thread.setContextClassLoader(
                    new URLClassLoader(new URL[] {type.toUri().toURL()}, usual));
            return new RuntimeExtension();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Test
    void five_calls_submit_cancel_and_retry_an_order() throws Exception {
        List<String> calls = curlCommands();
        assertThat(calls).hasSize(5);

        assertThat(run("bash", "-c", calls.getFirst()))
                .startsWith("HTTP/1.1 202")
                .contains("\"status\":\"ACCEPTED\"");
        assertThat(call(calls.get(1)).get("id").asText()).isEqualTo("order-0001");
        assertThat(call(calls.get(2)).get("status").asText()).isEqualTo("CANCELLED");
        assertThat(call(calls.get(3)).get("status").asText()).isEqualTo("ACCEPTED");
        JsonNode done = call(calls.get(4));

        assertThat(done.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(done.at("/result/served").asText()).isEqualTo("2 × pasta");
    }

    /** Joins commands that continue on the next line. They show no progress. */
    private static List<String> curlCommands() {
        return README.blocks("sh").stream()
                .flatMap(block -> block.replace("\\\n", "").lines())
                .filter(command -> command.startsWith("curl "))
                .map(command -> command.replaceFirst("curl", "curl -s"))
                .toList();
    }

    @Test
    void own_type_is_one_short_class_that_works() {
        assertThat(README.onlyBlock("java").lines()).hasSizeLessThan(36);

        JsonNode done = LOCAL.finished(LOCAL.submit("greet", example("greet")));

        assertThat(done.at("/result/text").asText()).isEqualTo("Hello, Ada!");
        assertThat(done.at("/steps").findValuesAsText("name")).containsExactly("write", "send");
    }

    @Test
    void own_type_fails_with_its_own_error_code() {
        JsonNode failed = LOCAL.finished(LOCAL.submit("greet", "{\"name\":\"Eve\"}"));

        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.at("/error/code").asText()).isEqualTo("blocked");
    }

    @Test
    void input_that_breaks_a_constraint_of_the_record_is_rejected() {
        var rejected =
                LOCAL.api()
                        .putJson(
                                "/requests/greet-0001",
                                "{\"type\":\"greet\",\"input\":{\"name\":\" \"}}");

        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.json().at("/errors/0/pointer").asText()).isEqualTo("/input/name");
    }

    private static String example(String type) {
        for (JsonNode one : LOCAL.api().get("/types").json()) {
            if (type.equals(one.get("name").asText())) {
                return one.get("example").toString();
            }
        }
        throw new AssertionError("no such type: " + type);
    }

    @Test
    void client_module_watches_a_request_to_its_end() throws Exception {
        Files.write(folder.resolve("statuswire.mjs"), NodeProgram.built("statuswire.js"));
        String snippet =
                Readme.read("docs/guide/embed.md")
                        .blocks("js")
                        .getFirst()
                        .replace("/client/statuswire.js", "./statuswire.mjs");
        Path file = Files.writeString(folder.resolve("snippet.mjs"), here(snippet));

        assertThat(run("node", file.toString()).lines().toList().getLast())
                .startsWith("SUCCEEDED ");
    }

    @Test
    void java_client_awaits_the_end_of_a_request() throws Exception {
        String program = Readme.read("docs/guide/embed.md").blocks("java").getFirst();
        Path file = Files.writeString(folder.resolve("Soup.java"), here(program));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");

        assertThat(run(java, "--class-path", classPath, file.toString()).lines())
                .anyMatch(line -> line.matches("[A-Z]+ [0-9]+"))
                .anyMatch(line -> line.startsWith("SUCCEEDED: "));
    }

    private JsonNode call(String curl) throws Exception {
        return Json.parse(run("bash", "-c", curl)).orElseThrow();
    }

    /** Returns the output of a command; fails unless its exit code is 0. */
    private String run(String... command) throws Exception {
        List<String> here = Arrays.stream(command).map(ReadmeTest::here).toList();
        Command done = Command.run(folder, Map.of(), here);
        assertThat(done.exitCode()).as(done.output()).isZero();
        return done.output();
    }

    private static String here(String text) {
        return text.replace("127.0.0.1:8080", LOCAL.page().getAuthority());
    }
}
