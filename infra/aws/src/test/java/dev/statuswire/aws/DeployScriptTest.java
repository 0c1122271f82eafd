package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.aws.preflight.FakeAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code ./deploy} with the real command line tool of the CDK, against an account that does
 * not exist. Uses the templates of the other tests, because a build takes minutes. {@code
 * PreflightTest} tests the findings in an account, and {@code DeployOptionsTest} the invalid
 * options, both without the script. {@code ./test} runs each path through the script once, and
 * {@code ./test --long} runs all cases.
 */
final class DeployScriptTest {

    private static final String LONG = "runs only in ./test --long";
    private static final Path SCRIPT = Path.of("..", "..", "deploy");

    @TempDir private Path nothing;

    private record Run(int exitCode, String output) {

        /** Returns the script's own lines, without its warning about old versions of Node. */
        List<String> own() {
            return output.lines()
                    .filter(line -> line.startsWith("statuswire: "))
                    .filter(line -> !line.startsWith("statuswire: warning: node is"))
                    .toList();
        }
    }

    /** The CDK prints this after it has read the templates, when it needs the account. */
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    @ParameterizedTest
    @ValueSource(strings = {"--yes", "--diff", "--destroy --yes", "--bootstrap"})
    void every_action_reaches_the_account(String action) throws Exception {
        Run run = deploy(closedPort(), withTemplates(action + " --no-preflight"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("Unable to resolve AWS account");
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void unreachable_account_is_reported_on_one_line_and_nothing_starts() throws Exception {
        Run run = deploy(closedPort(), withTemplates("--yes"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.own())
                .singleElement()
                .asString()
                .contains("unable to resolve the AWS account", "Connection refused");
        assertThat(run.output()).doesNotContain("Unable to resolve AWS account", "\tat ");
    }

    @Test
    void templates_of_another_stage_are_rejected() throws Exception {
        Run run = run(command(withTemplates("--destroy --yes --stage other")));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.own()).singleElement().asString().contains("not for the stage other");
    }

    @Test
    void project_without_a_jar_is_reported_before_the_build() throws Exception {
        Files.createFile(nothing.resolve("pom.xml"));
        Files.createDirectory(nothing.resolve("target"));
        Files.createFile(nothing.resolve("target/greet-1.0-sources.jar"));

        Run run = run(command(List.of("--synth", "--types", nothing.toString())));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.own())
                .containsExactly(
                        "statuswire: there is no jar in "
                                + nothing.toRealPath()
                                + "/target; build the request types first");
    }

    @Test
    void missing_credentials_and_region_exit_with_2_before_the_cdk_is_called() throws Exception {
        Run run = run(command(withTemplates("--yes")));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.own())
                .hasSize(2)
                .anyMatch(line -> line.contains("there are no credentials"))
                .anyMatch(line -> line.contains("pass --region"));
        assertThat(run.output()).doesNotContain("Unable to resolve AWS account");
    }

    @Test
    void synthesis_needs_no_account() throws Exception {
        Run run = run(command(withTemplates("--synth")));

        assertThat(run.exitCode()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void all_problems_of_the_account_are_reported_before_the_cdk_is_called() throws Exception {
        try (var account = new FakeAccount()) {
            account.unbootstrapped()
                    .certificate("PENDING_VALIDATION", "status.example.com")
                    .stack("statuswire-prod", "ROLLBACK_COMPLETE", true, "{}");
            Run run = deploy(account.endpoint(), with(Synthesized.withOwnIssuer(), "--yes"));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.own())
                    .hasSize(4)
                    .anyMatch(line -> line.contains("account 123456789012, region eu-west-1"))
                    .anyMatch(line -> line.contains("./deploy --bootstrap"))
                    .anyMatch(line -> line.contains("is not issued yet"))
                    .anyMatch(line -> line.contains("delete-stack"));
            assertThat(account.calls()).hasSize(5).noneMatch(call -> call.contains("AssumeRole"));
        }
    }

    /** The fake account denies the calls that only the CDK makes. */
    @Test
    void account_without_problems_is_passed_to_the_cdk() throws Exception {
        try (var account = new FakeAccount()) {
            Run run = deploy(account.endpoint(), withTemplates("--yes"));

            assertThat(run.output())
                    .containsPattern("the stack statuswire-dev will have\\n +6 × DynamoDB table")
                    .contains(
                            Synthesized.withCognito().resources("AWS::CloudWatch::Alarm").size()
                                    + " × alarm");
            assertThat(account.calls()).contains("eu-west-1 AssumeRole");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void templates_that_reserve_too_much_for_the_account_are_not_deployed() throws Exception {
        try (var account = new FakeAccount()) {
            account.concurrency(10, 10);

            Run run = deploy(account.endpoint(), withTemplates("--yes"));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.own().getLast()).contains("--no-reserved-concurrency");
            assertThat(account.calls()).noneMatch(call -> call.contains("AssumeRole"));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void protected_stage_is_not_destroyed() throws Exception {
        try (var account = new FakeAccount()) {
            account.stack("statuswire-prod", "CREATE_COMPLETE", true, "{}");
            Run run =
                    deploy(
                            account.endpoint(),
                            with(Synthesized.withOwnIssuer(), "--destroy --yes"));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.own().getLast())
                    .contains("--no-enable-termination-protection", "AWS::DynamoDB::Table");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--retention-days week,          --retention-days (STATUSWIRE_RETENTION_DAYS)",
        "--what,                         unknown option --what",
        "--stage,                        --stage needs a value",
        "--templates /there/is/no,       /there/is/no",
        "--types /there/is/no,           the folder /there/is/no of --types does not exist",
        "--templates /,                  has no templates",
        "--stage --yes,                  --stage needs a value",
        "--diff --destroy,               --diff and --destroy exclude each other",
        "--region eu_west,               eu_west is not a region",
    })
    void invalid_option_is_reported_on_one_line_with_code_2_before_the_build(
            String options, String expected) throws Exception {
        Run run = run(command(List.of(options.split(" ", -1))));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.own()).singleElement().asString().contains(expected);
        assertThat(run.output()).doesNotContain("\tat ");
    }

    private static List<String> withTemplates(String options) {
        return with(Synthesized.withCognito(), options);
    }

    private static List<String> with(Synthesized synthesized, String options) {
        var all = new ArrayList<>(List.of(options.split(" ", -1)));
        all.add("--templates");
        all.add(synthesized.file().resolveSibling("").toString());
        return all;
    }

    private static URI closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private Run deploy(URI services, List<String> arguments) throws Exception {
        ProcessBuilder command = command(arguments);
        command.environment().put("AWS_ENDPOINT_URL", services.toString());
        command.environment().put("AWS_ACCESS_KEY_ID", "false");
        command.environment().put("AWS_SECRET_ACCESS_KEY", "false");
        command.environment().put("AWS_REGION", "eu-west-1");
        return run(command);
    }

    /** Builds a command without the AWS settings of the user who runs the tests. */
    private ProcessBuilder command(List<String> arguments) {
        var line = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        line.addAll(arguments);
        var command = new ProcessBuilder(line).redirectErrorStream(true);
        command.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AWS_") || name.startsWith("STATUSWIRE_"));
        command.environment().put("STATUSWIRE_JDK", System.getProperty("java.home"));
        command.environment().put("AWS_CONFIG_FILE", nothing.resolve("config") + "");
        command.environment().put("AWS_SHARED_CREDENTIALS_FILE", nothing.resolve("keys") + "");
        // The folder in which the CDK caches the account of each access key.
        command.environment().put("CDK_HOME", nothing.resolve("cdk") + "");
        command.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        return command;
    }

    private static Run run(ProcessBuilder command) throws Exception {
        Process process = command.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
