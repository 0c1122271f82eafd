package dev.statuswire.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Scale;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the checks against the local runtime of {@code ./run}, unchanged and with one planted
 * fault.
 */
final class CheckTest {

    private static CheckReport report(FaultyProxy.Fault fault) throws InterruptedException {
        try (var proxy = new FaultyProxy(LocalRuntimes.open(), fault)) {
            return check(proxy.uri(), List.of("charge-card", "place-order"));
        }
    }

    private static CheckReport check(URI page, List<String> types) throws InterruptedException {
        return new ServiceChecks(page, TokenProvider.none("no token"), types, Optional.empty())
                .check(line -> {});
    }

    @Test
    void everything_passes_on_the_local_runtime() throws InterruptedException {
        var out = new ByteArrayOutputStream();

        int exitCode =
                Main.run(
                        Map.of("STATUSWIRE_CHECK_URL", LocalRuntimes.open().toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        TestUser::temporary);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("ok   place-order         SUCCEEDED"))
                .anyMatch(line -> line.startsWith("ok   update-profile      SUCCEEDED"))
                .noneMatch(line -> line.startsWith("FAIL"));
        assertThat(lines.stream().filter(line -> line.startsWith("skip")))
                .allMatch(line -> line.endsWith("only for a stage on AWS"))
                .hasSize(2);
        assertThat(exitCode).isZero();
    }

    /**
     * Groups as many faults as possible in {@code ./test}; tests each separately in {@code ./test
     * --long}.
     */
    static List<Set<PlantedFault>> faults() {
        return Scale.LONG
                ? Arrays.stream(PlantedFault.values()).map(Set::of).toList()
                : PlantedFault.groups();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_is_detected_only_by_its_check(Set<PlantedFault> faults) throws InterruptedException {
        CheckReport report = report(PlantedFault.together(faults));

        Map<String, String> failed =
                report.lines().stream()
                        .filter(is(CheckReport.CheckResult.FAILED))
                        .collect(
                                Collectors.toMap(
                                        CheckReport.ReportLine::check,
                                        CheckReport.ReportLine::text));
        assertThat(failed).hasSameSizeAs(faults);
        assertThat(faults).allSatisfy(it -> assertThat(failed.get(it.check())).contains(it.says()));
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void proxy_without_a_fault_passes_and_an_unlisted_type_is_skipped()
            throws InterruptedException {
        CheckReport report = report(new FaultyProxy.Fault() {});

        assertThat(report.exitCode()).isZero();
        assertThat(report.lines().stream().filter(is(CheckReport.CheckResult.SKIPPED)))
                .extracting(CheckReport.ReportLine::check)
                .containsExactly("preflight", "charge-card", "alarms");
    }

    @Test
    void page_below_a_path_may_have_sockets_on_another_host_and_a_private_client_module()
            throws InterruptedException {
        FaultyProxy.Fault otherHost =
                new FaultyProxy.Fault() {
                    @Override
                    public void answered(FaultyProxy.Exchange answer) {
                        answer.headers.remove("Access-Control-Allow-Origin");
                        answer.body =
                                answer.body.replaceFirst(
                                        "ws://[^/]+",
                                        "ws://" + LocalRuntimes.open().getAuthority());
                    }
                };
        try (var proxy = new FaultyProxy(LocalRuntimes.open(), otherHost)) {
            CheckReport report = check(proxy.uriBelowPath(), List.of("place-order"));

            assertThat(report.lines()).noneMatch(is(CheckReport.CheckResult.FAILED));
            assertThat(report.exitCode()).isZero();
        }
    }

    @Test
    void unfinished_request_is_cancelled_at_the_end() throws Exception {
        String order =
                """
                {"dish":"soup","quantity":1,"simulate":{"cookMillis":600000}}\
                """;
        try (var service = new CheckedService(LocalRuntimes.open())) {
            var submissions = new Submissions(service);
            String id = Submissions.newId();
            submissions
                    .put(id, Submissions.body("place-order", CheckedResponse.JSON.readTree(order)))
                    .expect(202);

            assertThat(submissions.cleanUp()).isEmpty();

            assertThat(submissions.finished(id).path("status").asText()).isEqualTo("CANCELLED");
        }
    }

    private static Predicate<CheckReport.ReportLine> is(CheckReport.CheckResult result) {
        return line -> line.result() == result;
    }

    @Test
    void unlisted_types_are_reported_with_the_option() throws InterruptedException {
        CheckReport report = check(LocalRuntimes.open(), List.of("charge-card"));

        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.lines()).anyMatch(line -> line.text().contains("--check-types"));
    }

    @Test
    void unreachable_service_fails_each_check_in_one_line() throws InterruptedException {
        CheckReport report = check(URI.create("http://127.0.0.1:1/"), List.of("place-order"));

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.lines())
                .allSatisfy(line -> assertThat(line.toString().lines()).hasSize(1));
        assertThat(report.lines())
                .filteredOn(line -> line.check().equals("submit"))
                .extracting(CheckReport.ReportLine::result)
                .containsExactly(CheckReport.CheckResult.SKIPPED);
    }

    @Test
    void invalid_url_is_reported_with_the_option() throws InterruptedException {
        var out = new ByteArrayOutputStream();

        int exitCode =
                Main.run(
                        Map.of("STATUSWIRE_CHECK_URL", "work.example.org"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        TestUser::temporary);

        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("statuswire: --url must be a URL");
    }
}
