package dev.statuswire.aws.preflight;

import dev.statuswire.aws.preflight.PreflightFinding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs all checks that are possible before a deployment, and reports all findings at once. Run by
 * {@code ./deploy}.
 */
public final class Preflight {

    /** The stack that {@code cdk bootstrap} creates. */
    private static final String BOOTSTRAP_STACK = "CDKToolkit";

    /** The action of {@code ./deploy}. */
    enum Action {
        DEPLOY,
        DIFF,
        DESTROY,
        BOOTSTRAP
    }

    private final Action action;
    private final SynthesizedStack assembly;

    Preflight(Action action, SynthesizedStack assembly) {
        this.action = action;
        this.assembly = assembly;
    }

    /**
     * Prints the findings to the standard error, one line each, and the settings with which the
     * stack must be synthesized to the standard output. Exits with 1 if the deployment would fail,
     * and with 2 if something is missing on this machine.
     *
     * @param arguments the action, and the folder of the synthesized templates
     * @throws IOException if the folder has no synthesized templates
     */
    public static void main(String[] arguments) throws IOException {
        Action action = Action.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        var preflight = new Preflight(action, SynthesizedStack.in(Path.of(arguments[1])));
        List<PreflightFinding> findings = preflight.run(AwsConfiguration.find());
        findings.forEach(finding -> System.err.println(finding.line()));
        findings.stream()
                .map(PreflightFinding::setting)
                .filter(setting -> !setting.isEmpty())
                .forEach(System.out::println);
        System.exit(exitCode(findings));
    }

    static int exitCode(List<PreflightFinding> findings) {
        return switch (worst(findings)) {
            case NOTE, WARNING -> 0;
            case ERROR -> 1;
            case MISSING -> 2;
        };
    }

    private static Severity worst(List<PreflightFinding> findings) {
        return findings.stream()
                .map(PreflightFinding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.NOTE);
    }

    private List<PreflightFinding> run(AwsConfiguration settings) {
        List<PreflightFinding> missing = settings.missing();
        if (!missing.isEmpty()) {
            return missing;
        }
        try (PreflightClients services =
                PreflightClients.in(settings.region().orElseThrow(), Optional.empty())) {
            return run(services);
        }
    }

    /** Returns all findings; only that about the account if the account is not accessible. */
    List<PreflightFinding> run(PreflightClients services) {
        var findings = new ArrayList<>(new AccountCheck(services).run());
        if (worst(findings) == Severity.NOTE) {
            checks(services).flatMap(check -> asked(check).stream()).forEach(findings::add);
        }
        return findings;
    }

    private Stream<PreflightCheck> checks(PreflightClients services) {
        var deployed = new DeployedStack(services, assembly.stackName());
        return switch (action) {
            case BOOTSTRAP ->
                    Stream.of(new StackCheck(new DeployedStack(services, BOOTSTRAP_STACK)));
            case DIFF -> Stream.of();
            case DESTROY -> Stream.of(new DestroyCheck(deployed, assembly));
            case DEPLOY ->
                    Stream.concat(
                            Stream.of(
                                    new StackCheck(deployed),
                                    new BootstrapCheck(services, assembly),
                                    new ConcurrencyCheck(services, assembly, deployed),
                                    new TopicCheck(services.region(), assembly.alarmTopics())),
                            assembly.certificate().stream()
                                    .map(it -> new CertificateCheck(services, it)));
        };
    }

    /**
     * Runs a check. Reports a warning if it fails, because the user may lack permissions that the
     * roles of the deployment have.
     */
    private static List<PreflightFinding> asked(PreflightCheck check) {
        try {
            return check.run();
        } catch (SdkException failed) {
            return List.of(
                    PreflightFinding.warning(
                            "could not check %s (%s); continuing without this check"
                                    .formatted(check.subject(), SdkErrorText.of(failed))));
        }
    }
}
