package dev.statuswire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests the output and exit codes of the command line if nothing is started. */
final class MainTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        var main = new Main();
        var line = new CommandLine(main);
        line.setOut(new PrintWriter(output));
        line.setErr(new PrintWriter(errors));
        return main.run(line, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=many", "--port=70000", "--lease=0", "--what"})
    void invalid_option_is_code_2_without_a_stack_trace(String option) {
        assertThat(run("--in-memory", option)).isEqualTo(2);
        assertThat(errors.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--dynamodb-port"})
    void port_that_is_taken_is_one_line_and_code_2(String option) throws IOException {
        String other = option.equals("--port") ? "--dynamodb-port" : "--port";
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run("--in-memory", option + "=" + port, other + "=0")).isEqualTo(2);
            assertThat(errors.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("statuswire: ")
                    .contains(port);
        }
    }

    @Test
    void unreachable_database_is_one_line_and_code_2() throws IOException {
        String nothing;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nothing = "http://localhost:" + free.getLocalPort();
        }

        assertThat(run("--port=0", "--dynamodb-endpoint=" + nothing)).isEqualTo(2);
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("statuswire: Cannot connect to DynamoDB at " + nothing);
    }

    @Test
    void missing_folder_of_types_is_one_line_and_code_2() {
        assertThat(run("--in-memory", "--port=0", "--dynamodb-port=0", "--types=no/such/folder"))
                .isEqualTo(2);
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("statuswire: --types no/such/folder is not a folder");
    }

    @Test
    void help_names_every_option() {
        assertThat(run("--help")).isZero();
        assertThat(output.toString())
                .contains(
                        "--port",
                        "--dynamodb-port",
                        "--data",
                        "--types",
                        "--in-memory",
                        "--lease",
                        "--start-grace",
                        "--poll-millis",
                        "--dynamodb-endpoint",
                        "STATUSWIRE_PORT");
    }
}
