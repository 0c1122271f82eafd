package dev.statuswire.aws;

import dev.statuswire.aws.door.RequestIntegrations;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.InvalidTypeException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;

/** Synthesizes the templates. Run by {@code ./deploy}; needs no AWS account. */
public final class Main {

    /** The feature flags of new CDK apps that make a difference here. */
    private static final Map<String, Object> FEATURES =
            Map.of(
                    // A function whose layer changed gets a new version.
                    "@aws-cdk/aws-lambda:recognizeLayerVersion", true,
                    "@aws-cdk/aws-lambda:recognizeVersionProps", true,
                    "@aws-cdk/core:target-partitions", List.of("aws"),
                    "@aws-cdk/aws-iam:minimizePolicies", true);

    private Main() {}

    /**
     * Writes the templates, or prints one line about an invalid option or an invalid request type
     * and exits with 2.
     *
     * @param arguments the folder of the project, and the output folder
     */
    public static void main(String[] arguments) {
        int exitCode = run(arguments, Environment.ofProcess(), System.err);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Returns the exit code of {@code ./deploy}: 0, or 2 if an option or a type is invalid. */
    static int run(String[] arguments, Environment environment, PrintStream errors) {
        DeployOptions options;
        RequestTypes types;
        try {
            options = DeployOptions.from(environment);
            types = DeployedTypes.load(Thread.currentThread().getContextClassLoader());
            RequestIntegrations.check(types.retire(options.retiredTypes()));
        } catch (IllegalArgumentException | InvalidTypeException wrong) {
            errors.println("statuswire: " + wrong.getMessage());
            return 2;
        }
        App app = app(Path.of(arguments[1]));
        var artifacts = new Artifacts(Path.of(arguments[0]).toAbsolutePath());
        new StatuswireStack(app, options, artifacts, types);
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
