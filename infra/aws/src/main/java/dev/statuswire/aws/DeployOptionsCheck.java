package dev.statuswire.aws;

import dev.statuswire.core.settings.Environment;

/**
 * Checks the options of {@code ./deploy} before the build. The script compiles only this class and
 * the few that it uses, which takes a second.
 */
final class DeployOptionsCheck {

    private static final int WRONG_OPTION = 2;

    private DeployOptionsCheck() {}

    /** Prints what is wrong and exits with 2 if an option is invalid; otherwise prints nothing. */
    public static void main(String[] arguments) {
        try {
            DeployOptions.from(Environment.ofProcess());
        } catch (IllegalArgumentException wrong) {
            System.err.println("statuswire: " + wrong.getMessage() + "; see ./deploy --help");
            System.exit(WRONG_OPTION);
        }
    }
}
