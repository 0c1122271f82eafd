package dev.statuswire.aws;

import dev.statuswire.core.settings.Environment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;

/**
 * Writes the templates. Run by {@code ./deploy}, with the project's folder as its argument; needs
 * no account.
 */
public final class Main {

    /** What new apps of the CDK are set to, of what makes a difference here. */
    private static final Map<String, Object> FEATURES =
            Map.of(
                    // A function whose layer changed gets a new version.
                    "@aws-cdk/aws-lambda:recognizeLayerVersion", true,
                    "@aws-cdk/aws-lambda:recognizeVersionProps", true,
                    "@aws-cdk/core:target-partitions", List.of("aws"),
                    "@aws-cdk/aws-iam:minimizePolicies", true);

    private Main() {}

    /**
     * Writes them, or one line about an option that is wrong.
     *
     * @param arguments the project's folder, and where to write
     */
    public static void main(String[] arguments) {
        int exitCode = run(arguments, Environment.ofProcess(), System.err);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Returns the exit code of {@code ./deploy}: 0, or 2 if an option is wrong. */
    static int run(String[] arguments, Environment environment, PrintStream errors) {
        DeployOptions options;
        try {
            options = DeployOptions.from(environment);
        } catch (IllegalArgumentException wrong) {
            errors.println("statuswire: " + wrong.getMessage());
            return 2;
        }
        App app = app(Path.of(arguments[1]));
        new StatuswireStack(app, options, new Artifacts(Path.of(arguments[0]).toAbsolutePath()));
        app.synth();
        return 0;
    }

    static App app(Path output) {
        return App.Builder.create()
                .outdir(output.toString())
                .analyticsReporting(false)
                .context(FEATURES)
                .build();
    }
}
