package dev.statuswire.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CheckRunTest {

    private final List<String> printed = new ArrayList<>();

    private CheckReport run(Duration limit, Check... checks) throws InterruptedException {
        return new CheckRun(limit, line -> printed.add(line.toString())).run(List.of(checks));
    }

    private CheckReport run(Check... checks) throws InterruptedException {
        return run(Duration.ofMinutes(1), checks);
    }

    private static String fail(String message) {
        throw new CheckFailedException(message);
    }

    @Test
    void check_is_skipped_if_a_check_that_it_needs_failed_or_was_skipped()
            throws InterruptedException {
        CheckReport report =
                run(
                        Check.of("first", () -> fail("expected a, got b")),
                        Check.of("second", () -> "seen", "first"),
                        Check.of("third", () -> "seen", "second"),
                        Check.of("other", () -> "seen"));

        assertThat(report.lines())
                .extracting(CheckReport.ReportLine::result)
                .containsExactly(
                        CheckReport.CheckResult.FAILED,
                        CheckReport.CheckResult.SKIPPED,
                        CheckReport.CheckResult.SKIPPED,
                        CheckReport.CheckResult.OK);
        assertThat(printed.getFirst()).isEqualTo("FAIL first               expected a, got b");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void check_that_does_not_finish_fails_with_all_later_checks() throws InterruptedException {
        var never = new CountDownLatch(1);

        CheckReport report =
                run(
                        Duration.ofMillis(1),
                        Check.of(
                                "endless",
                                () -> {
                                    never.await();
                                    return "";
                                }),
                        Check.of("late", () -> "seen"));

        assertThat(report.lines())
                .extracting(CheckReport.ReportLine::result)
                .containsExactly(CheckReport.CheckResult.FAILED, CheckReport.CheckResult.FAILED);
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void unexpected_exception_is_one_line_and_a_failure() throws InterruptedException {
        CheckReport report =
                run(
                        Check.of(
                                "broken",
                                () -> {
                                    throw new IllegalStateException("two\nlines");
                                }));

        assertThat(printed)
                .containsExactly(
                        "FAIL broken              could not be checked:"
                                + " java.lang.IllegalStateException: two lines");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void missing_requirement_takes_precedence_over_a_failure() throws InterruptedException {
        CheckReport report =
                run(
                        Check.of("failed", () -> fail("expected a, got b")),
                        Check.of(
                                "needed",
                                () -> {
                                    throw new MissingSettingException("a token");
                                }));

        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.summary()).startsWith("0 ok, 2 failed, 0 skipped");
    }
}
