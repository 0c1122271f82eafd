package dev.statuswire.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The result of all checks.
 *
 * @param lines one for each check, in order
 * @param millis the duration of all checks
 */
record CheckReport(List<ReportLine> lines, long millis) {

    CheckReport {
        lines = List.copyOf(lines);
    }

    /** The result of a check. */
    enum CheckResult {
        OK("ok"),
        FAILED("FAIL"),
        SKIPPED("skip"),
        NEEDED("FAIL");

        private final String word;

        CheckResult(String word) {
            this.word = word;
        }
    }

    /**
     * The result of a check, with a text.
     *
     * @param text what was observed, what failed, or why the check was skipped
     */
    record ReportLine(CheckResult result, String check, String text) {

        /** Returns one line, without line breaks in it. */
        @Override
        public String toString() {
            return "%-4s %-19s %s".formatted(result.word, check, text.replaceAll("\\s+", " "));
        }
    }

    /** Returns this report with the lines of a later one. */
    CheckReport and(CheckReport next) {
        return new CheckReport(
                Stream.concat(lines.stream(), next.lines.stream()).toList(), millis + next.millis);
    }

    /**
     * Returns the exit code: 0 all checks passed, 1 a check failed, 2 something required is
     * missing.
     */
    int exitCode() {
        if (count(CheckResult.NEEDED) > 0) {
            return 2;
        }
        return count(CheckResult.FAILED) > 0 ? 1 : 0;
    }

    private long count(CheckResult result) {
        return lines.stream().filter(line -> line.result() == result).count();
    }

    /** Returns the last line. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d ok, %d failed, %d skipped, in %.1f s",
                count(CheckResult.OK),
                count(CheckResult.FAILED) + count(CheckResult.NEEDED),
                count(CheckResult.SKIPPED),
                millis / 1000.0);
    }
}
