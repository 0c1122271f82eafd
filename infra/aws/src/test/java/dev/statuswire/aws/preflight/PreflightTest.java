package dev.statuswire.aws.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.aws.preflight.Preflight.Action;
import dev.statuswire.aws.preflight.PreflightFinding.Severity;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Tests the findings in an account that responds over HTTP like AWS. */
final class PreflightTest {

    private static final String STACK = "statuswire-prod";

    /** A template that reserves 301 invocations, serves a domain, and retains its table. */
    private static final String TEMPLATE =
            """
            {"Resources": {
              "Api": {"Type": "AWS::Lambda::Function",
                "Properties": {"ReservedConcurrentExecutions": 200}},
              "Worker": {"Type": "AWS::Lambda::Function",
                "Properties": {"ReservedConcurrentExecutions": 101}},
              "Live": {"Type": "AWS::Lambda::Function", "Properties": {}},
              "Requests": {"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain"},
              "Logs": {"Type": "AWS::Logs::LogGroup", "DeletionPolicy": "Delete"},
              "Behind": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
                "AlarmActions": ["arn:aws:sns:eu-west-1:123456789012:alarms"]}},
              "Page": {"Type": "AWS::CloudFront::Distribution", "Properties": {
                "DistributionConfig": {"Aliases": ["status.example.com"],
                  "ViewerCertificate": {"AcmCertificateArn": "%s"}}}}}}\
            """
                    .formatted(FakeAccount.CERTIFICATE);

    private final FakeAccount account =
            new FakeAccount().certificate("ISSUED", "status.example.com");

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void account_without_problems_is_the_only_finding() {
        assertThat(findings(Action.DEPLOY))
                .singleElement()
                .isEqualTo(
                        PreflightFinding.note(
                                "account 123456789012, region eu-west-1, as"
                                        + " arn:aws:iam::123456789012:user/ada"));
        assertThat(account.calls())
                .containsExactlyInAnyOrder(
                        "eu-west-1 GetCallerIdentity",
                        "eu-west-1 DescribeStacks",
                        "eu-west-1 GetParameter",
                        "eu-west-1 GetAccountSettings",
                        "us-east-1 DescribeCertificate");
    }

    @Test
    void alarm_topic_of_another_region_stops_the_deployment() {
        assertThat(
                        new TopicCheck(
                                        Region.US_WEST_2,
                                        List.of("arn:aws:sns:eu-west-1:123456789012:alarms"))
                                .run())
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.severity()).isEqualTo(Severity.ERROR);
                            assertThat(it.text()).contains("eu-west-1", "us-west-2");
                        });
    }

    @Test
    void all_problems_are_reported_at_once() {
        account.unbootstrapped()
                .certificate("PENDING_VALIDATION", "status.example.com")
                .concurrency(10, 10)
                .stack(STACK, "ROLLBACK_COMPLETE", false, TEMPLATE);

        List<PreflightFinding> findings = findings(Action.DEPLOY);

        assertThat(findings.stream().map(PreflightFinding::severity))
                .containsExactly(
                        Severity.NOTE,
                        Severity.ERROR,
                        Severity.ERROR,
                        Severity.NOTE,
                        Severity.ERROR);
        assertThat(findings.stream().map(PreflightFinding::line))
                .allMatch(line -> line.startsWith("statuswire: ") && !line.contains("\n"));
        assertThat(Preflight.exitCode(findings)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void rejected_credentials_stop_every_action(Action action) {
        account.deny("GetCallerIdentity");

        assertThat(stop(action))
                .contains("InvalidClientTokenId", "The security token included", "--profile");
        assertThat(account.calls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void unreachable_aws_stops_every_action(Action action) throws IOException {
        URI closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        assertThat(findings(action, closed))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                            assertThat(finding.text())
                                    .contains(
                                            "unable to resolve the AWS account",
                                            "eu-west-1",
                                            "Connection refused");
                        });
    }

    @Test
    void missing_local_settings_exit_with_2() {
        var settings = new AwsConfiguration(Optional.empty(), Optional.of("no profile x"));

        assertThat(settings.missing().stream().map(PreflightFinding::text))
                .hasSize(2)
                .anyMatch(text -> text.contains("no profile x"))
                .anyMatch(text -> text.contains("--region"));
        assertThat(Preflight.exitCode(settings.missing())).isEqualTo(2);
        assertThat(new AwsConfiguration(Optional.of(Region.EU_WEST_1), Optional.empty()).missing())
                .isEmpty();
    }

    @Test
    void account_without_the_bootstrap_stack_must_be_bootstrapped() {
        account.unbootstrapped();

        assertThat(stop(Action.DEPLOY)).contains("./deploy --bootstrap --region eu-west-1");
    }

    @Test
    void outdated_bootstrap_stack_must_be_updated() {
        account.bootstrap("5");

        assertThat(stop(Action.DEPLOY))
                .contains("version 5", "version 6", "./deploy --bootstrap --region eu-west-1");
    }

    @ParameterizedTest
    @CsvSource({"500, 401, false", "1000, 400, true", "10, 10, true"})
    void concurrency_is_not_reserved_if_fewer_than_100_would_be_left(
            int quota, int unreserved, boolean isTooLow) {
        account.concurrency(quota, unreserved);

        List<PreflightFinding> findings = findings(Action.DEPLOY);

        assertThat(Preflight.exitCode(findings)).isZero();
        assertThat(
                        findings.stream()
                                .map(PreflightFinding::setting)
                                .filter(it -> !it.isEmpty())
                                .toList())
                .isEqualTo(isTooLow ? List.of("STATUSWIRE_RESERVED_CONCURRENCY=false") : List.of());
        if (isTooLow) {
            assertThat(findings.getLast().text())
                    .contains(
                            quota + " concurrent invocations", "301", "--no-reserved-concurrency");
        }
    }

    @Test
    void concurrency_that_the_deployed_stack_reserves_is_free_for_its_next_version() {
        account.concurrency(500, 199).stack(STACK, "UPDATE_COMPLETE", true, TEMPLATE);

        assertThat(findings(Action.DEPLOY)).hasSize(1);
    }

    @Test
    void stack_that_reserves_nothing_needs_no_quota() {
        account.concurrency(10, 10);
        String none = TEMPLATE.replaceAll("\"ReservedConcurrentExecutions\": \\d+", "");

        assertThat(run(Action.DEPLOY, none, account.endpoint())).hasSize(1);
        assertThat(account.calls()).doesNotContain("eu-west-1 GetAccountSettings");
    }

    @ParameterizedTest
    @CsvSource({
        "ISSUED,             *.example.com,        ''",
        "ISSUED,             STATUS.example.com,   ''",
        "ISSUED,             example.com,          'not for status.example.com'",
        "ISSUED,             *.status.example.com, 'not for status.example.com'",
        "PENDING_VALIDATION, status.example.com,   'aws acm describe-certificate'",
        "EXPIRED,            status.example.com,   'request a new one'",
    })
    void certificate_must_be_issued_for_the_domain(String status, String name, String expected) {
        account.certificate(status, "other.example.org", name);

        if (expected.isEmpty()) {
            assertThat(findings(Action.DEPLOY)).hasSize(1);
        } else {
            assertThat(stop(Action.DEPLOY)).contains(FakeAccount.CERTIFICATE, expected);
        }
    }

    @Test
    void certificate_of_another_account_does_not_exist() {
        String other = TEMPLATE.replace("certificate/x", "certificate/y");

        assertThat(run(Action.DEPLOY, other, account.endpoint()).getLast().text())
                .contains("certificate/y does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"})
    void stack_that_was_never_created_must_be_deleted(String status) {
        account.stack(STACK, status, false, TEMPLATE);

        assertThat(stop(Action.DEPLOY))
                .contains(
                        status,
                        ": aws cloudformation delete-stack --region eu-west-1 --stack-name "
                                + STACK);
    }

    @Test
    void termination_protection_must_be_disabled_before_a_deletion() {
        account.stack(STACK, "ROLLBACK_COMPLETE", true, TEMPLATE);

        assertThat(stop(Action.DEPLOY))
                .contains(
                        "--no-enable-termination-protection",
                        " && aws cloudformation delete-stack");
    }

    @Test
    void every_unfinished_state_is_reported() {
        for (StackStatus status : StackStatus.knownValues()) {
            account.stack(STACK, status.toString(), false, TEMPLATE);
            boolean isFinished =
                    status.toString().endsWith("_COMPLETE")
                            && status != StackStatus.ROLLBACK_COMPLETE;
            boolean isReview = status == StackStatus.REVIEW_IN_PROGRESS;

            List<PreflightFinding> findings = findings(Action.DEPLOY);

            assertThat(findings).as(status.toString()).hasSize(isFinished ? 1 : 2);
            assertThat(Preflight.exitCode(findings))
                    .as(status.toString())
                    .isEqualTo(isFinished || isReview ? 0 : 1);
        }
    }

    @Test
    void bootstrap_checks_its_own_stack() {
        account.stack("CDKToolkit", "DELETE_FAILED", false, "{}")
                .stack(STACK, "ROLLBACK_COMPLETE", false, TEMPLATE);

        assertThat(stop(Action.BOOTSTRAP)).contains("--stack-name CDKToolkit");
    }

    @Test
    void protected_stack_is_destroyed_only_after_its_protection_is_disabled() {
        account.stack(STACK, "CREATE_COMPLETE", true, TEMPLATE);

        assertThat(stop(Action.DESTROY))
                .contains(
                        "aws cloudformation update-termination-protection"
                                + " --no-enable-termination-protection --region eu-west-1"
                                + " --stack-name "
                                + STACK,
                        "1 AWS::DynamoDB::Table");
    }

    @Test
    void retained_resources_are_reported_before_a_stack_is_destroyed() {
        account.stack(STACK, "CREATE_COMPLETE", false, TEMPLATE);

        List<PreflightFinding> findings = findings(Action.DESTROY);

        assertThat(Preflight.exitCode(findings)).isZero();
        assertThat(findings.getLast().text()).contains("1 AWS::DynamoDB::Table");
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeStacks,      the stack statuswire-prod",
        "GetParameter,        bootstrap stack",
        "GetAccountSettings,  quota",
        "GetTemplate,         quota",
        "DescribeCertificate, certificate",
    })
    void missing_permission_for_a_check_is_a_warning(String action, String subject) {
        account.concurrency(500, 199).stack(STACK, "UPDATE_COMPLETE", true, TEMPLATE).deny(action);

        List<PreflightFinding> findings = findings(Action.DEPLOY);

        assertThat(Preflight.exitCode(findings)).isZero();
        assertThat(findings).hasSize(2);
        assertThat(findings.getLast().severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.getLast().line())
                .startsWith("statuswire: warning: could not check ")
                .contains(subject, "is not authorized to perform: " + action);
    }

    /** Returns the only problem, which follows the note about the account. */
    private String stop(Action action) {
        List<PreflightFinding> findings = findings(action);
        assertThat(Preflight.exitCode(findings)).isEqualTo(1);
        assertThat(findings.subList(0, findings.size() - 1))
                .allMatch(finding -> finding.text().startsWith("account "));
        return findings.getLast().text();
    }

    private List<PreflightFinding> findings(Action action) {
        return findings(action, account.endpoint());
    }

    private static List<PreflightFinding> findings(Action action, URI endpoint) {
        return run(action, TEMPLATE, endpoint);
    }

    private static List<PreflightFinding> run(Action action, String template, URI endpoint) {
        var assembly =
                new SynthesizedStack(
                        STACK,
                        Json.parse(template).orElseThrow(),
                        "/cdk-bootstrap/hnb659fds/version",
                        6);
        try (var services = PreflightClients.in(Region.EU_WEST_1, Optional.of(endpoint))) {
            return new Preflight(action, assembly).run(services);
        }
    }
}
