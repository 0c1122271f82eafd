package dev.statuswire.check;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs all checks of one service, in order. Takes a minute at most.
 *
 * @param base the URL of the page
 * @param tokens provides an access token if the service requires one
 * @param types the types whose examples are submitted; most checks use the first one that the
 *     service lists
 * @param stage the stage on AWS, if the service is one
 */
record ServiceChecks(
        URI base, TokenProvider tokens, List<String> types, Optional<CheckedStage> stage) {

    private static final Duration LIMIT = Duration.ofSeconds(48);
    private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(7);
    private static final String ONLY_ON_AWS = "only for a stage on AWS";

    /**
     * Runs the checks and prints a line for each, then a summary.
     *
     * @return the exit code
     */
    int print(PrintStream out) throws InterruptedException {
        out.println("statuswire: checking " + base);
        CheckReport report = check(out::println);
        out.println("statuswire: " + report.summary());
        return report.exitCode();
    }

    /**
     * Runs the checks.
     *
     * @param lines receives each line as soon as its check has finished
     */
    CheckReport check(Consumer<CheckReport.ReportLine> lines) throws InterruptedException {
        try (var service = new CheckedService(base)) {
            var conversation = new CheckContext(service);
            CheckReport report = new CheckRun(LIMIT, lines).run(checks(conversation));
            conversation.closeSocket();
            CheckReport cleanUp =
                    new CheckRun(CLEAN_UP_LIMIT, lines)
                            .run(List.of(Check.of("clean-up", () -> cleanUp(conversation))));
            return report.and(cleanUp);
        }
    }

    private List<Check> checks(CheckContext conversation) {
        var live = new LiveChecks(conversation);
        var requests = new SubmitAndReadChecks(conversation);
        var checks = new ArrayList<Check>();
        checks.add(Check.of("preflight", () -> onAws().preflight()));
        checks.addAll(new PageAndLoginChecks(conversation, tokens, types).all());
        checks.addAll(live.opening());
        checks.addAll(requests.submitting());
        checks.addAll(live.pushing());
        checks.addAll(requests.reading());
        checks.addAll(new ChangeChecks(conversation).all(types));
        checks.add(Check.of("alarms", () -> onAws().alarms()));
        return checks;
    }

    private CheckedStage onAws() {
        return stage.orElseThrow(() -> new CheckSkippedException(ONLY_ON_AWS));
    }

    private static String cleanUp(CheckContext conversation) throws InterruptedException {
        List<String> left = conversation.submissions.cleanUp();
        if (!left.isEmpty()) {
            throw new CheckFailedException(
                    "expected to cancel all unfinished requests, but these are left: "
                            + String.join(", ", left));
        }
        return "no request is left unfinished";
    }
}
