package dev.statuswire.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.identity.testing.Issuer;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import dev.statuswire.tests.process.RuntimeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The client module in Node.js, and the instructions in its README. */
final class NodeClientTest {

    private static final Readme README = Readme.read("web/src/client/README.md");
    private static final String DOCUMENTED_URL = "https://work.example.org";
    private static final int MAX_BYTES = 33 * 1024;
    private static final String AUDIENCE = "statuswire";

    @RegisterExtension static final RuntimeExtension LOCAL = new RuntimeExtension();

    @TempDir Path folder;

    @Test
    void program_watches_its_requests_to_the_end_although_the_server_is_killed_and_restarted()
            throws Exception {
        try (var first = RuntimeProcess.start(folder, onDisk(0))) {
            int port = first.awaitPage().getPort();
            try (var program = start(script(), "http://127.0.0.1:" + port)) {
                program.awaitLine("watched RUNNING");
                assertThat(first.kill()).isTrue();
                program.awaitLine("connection offline");
                try (var second = RuntimeProcess.start(folder, onDisk(port))) {
                    assertThat(second.awaitPage()).isNotNull();
                    assertThat(program.awaitEnd())
                            .contains("listed true true", "not listed false", "retried ACCEPTED")
                            .contains("cancelling CANCELLED", "retrying SUCCEEDED")
                            .anyMatch(line -> line.startsWith("watched SUCCEEDED"));
                }
            }
        }
    }

    @Test
    void snippets_of_the_readme_work_in_order() throws Exception {
        String program = String.join("\n", README.blocks("js"));

        try (var running = start(program, LOCAL.page().toString())) {
            assertThat(running.awaitEnd())
                    .anyMatch(line -> line.startsWith("submitted:"))
                    .anyMatch(line -> line.startsWith("watched: SUCCEEDED"))
                    .anyMatch(line -> line.matches("types: .*place-order.*"))
                    .anyMatch(line -> line.startsWith("cancelling: CANCELLED"))
                    .contains("retried: ACCEPTED")
                    .anyMatch(line -> line.startsWith("refused: 422"))
                    .anyMatch(line -> line.matches("now: (live|polling)"));
        }
    }

    @Test
    void snippet_on_tokens_logs_a_program_in() throws Exception {
        String program =
                README.blocks("js").stream()
                        .filter(it -> it.startsWith("import") || it.contains("ACCESS_TOKEN"))
                        .collect(Collectors.joining("\n"));

        try (var issuer = new Issuer();
                var local = LocalRuntime.start(withIssuer(issuer));
                var running =
                        start(
                                program,
                                local.pageUri().toString(),
                                Map.of("ACCESS_TOKEN", issuer.tokenOf("ada", AUDIENCE)))) {
            assertThat(running.awaitEnd()).contains("mine: 0");
        }
    }

    private static LocalSettings withIssuer(Issuer issuer) {
        return LocalSettings.forTests(
                TransitionTiming.DEFAULT,
                Map.of(
                        "STATUSWIRE_OIDC_ISSUER",
                        issuer.address().toString(),
                        "STATUSWIRE_OIDC_AUDIENCE",
                        AUDIENCE,
                        "STATUSWIRE_OIDC_CLIENT_ID",
                        "page"));
    }

    @Test
    void its_files_are_a_package_that_node_finds_by_name() throws Exception {
        String commands =
                "set -e\n"
                        + README.onlyBlock("sh")
                                .replace("127.0.0.1:8080", LOCAL.page().getAuthority())
                        + "node -e \"import('statuswire').then((it) => console.log(Object.keys(it).join(' ')))\"";
        var offline = Map.of("npm_config_offline", "true", "npm_config_audit", "false");

        try (var shell = NodeProgram.start(folder, offline, List.of("bash", "-c", commands))) {
            assertThat(shell.awaitEnd().getLast()).contains("connect");
        }
    }

    @Test
    void module_imports_nothing_and_is_as_small_as_documented() throws IOException {
        byte[] module = NodeProgram.built("statuswire.js");

        assertThat(new String(module, UTF_8))
                .doesNotContainPattern("(?m)^\\s*import\\b|\\bimport\\(|\\bfrom\\s*['\"]");
        assertThat(gzipped(module)).isLessThan(MAX_BYTES);
    }

    private static int gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.size();
    }

    private String[] onDisk(int port) {
        return new String[] {
            "--port=" + port,
            "--dynamodb-port=0",
            "--data=" + folder.resolve("data"),
            "--lease=2",
            "--start-grace=2"
        };
    }

    private static String script() throws IOException {
        try (var in = NodeClientTest.class.getResourceAsStream("node-client.mjs")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    private NodeProgram start(String program, String server) throws IOException {
        return start(program, server, Map.of());
    }

    /**
     * Starts a program, with the documented URLs of the module and the server replaced by those of
     * this test.
     */
    private NodeProgram start(String program, String server, Map<String, String> environment)
            throws IOException {
        String module = NodeProgram.install(folder).toUri().toString();
        String here =
                program.replace(DOCUMENTED_URL + "/client/statuswire.js", module)
                        .replace(DOCUMENTED_URL, server.replaceAll("/$", ""));
        Path file = Files.writeString(folder.resolve("program.mjs"), here);
        return NodeProgram.start(folder, file, environment);
    }
}
