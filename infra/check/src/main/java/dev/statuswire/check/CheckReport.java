package dev.statuswire.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What came of all checks.
 *
 * @param lines one for each check, in order
 * @param millis how long all of them took
 */
record CheckReport(List<Line> lines, long millis) {

    CheckReport {
        lines = List.copyOf(lines);
    }

    /** What came of a check. */
    enum Result {
        OK("ok"),
        FAILED("FAIL"),
        SKIPPED("skip"),
        NEEDED("FAIL");

        private final String word;

        Result(String word) {
            this.word = word;
        }
    }

    /**
     * What came of one check.
     *
     * @param text what was seen, what failed, or why it was skipped
     */
    record Line(Result result, String check, String text) {

        /** One line, without a line break in it. */
        @Override
        public String toString() {
            return "%-4s %-19s %s".formatted(result.word, check, text.replaceAll("\\s+", " "));
        }
    }

    /** This report and one that came after it. */
    CheckReport and(CheckReport next) {
        return new CheckReport(
                Stream.concat(lines.stream(), next.lines.stream()).toList(), millis + next.millis);
    }

    /** The exit code: 0 all passed, 1 a check failed, 2 something that is needed is missing. */
    int exitCode() {
        if (count(Result.NEEDED) > 0) {
            return 2;
        }
        return count(Result.FAILED) > 0 ? 1 : 0;
    }

    private long count(Result result) {
        return lines.stream().filter(line -> line.result() == result).count();
    }

    /** The last line. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d ok, %d failed, %d skipped, in %.1f s",
                count(Result.OK),
                count(Result.FAILED) + count(Result.NEEDED),
                count(Result.SKIPPED),
                millis / 1000.0);
    }
}
