package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where cfn-lint is installed; elsewhere this is skipped, and says so. */
final class CfnLintTest {

    /** Roles are named twice in what the CDK writes, as a value and as a dependency. */
    private static final String NAMED_TWICE = "W3005";

    @Test
    void cfn_lint_finds_nothing() throws Exception {
        assumeTrue(isInstalled(), "cfn-lint is not installed");
        var process =
                new ProcessBuilder(
                                "cfn-lint",
                                "--ignore-checks",
                                NAMED_TWICE,
                                "--template",
                                Synthesized.withCognito().file().toString(),
                                Synthesized.withOwnIssuer().file().toString(),
                                Synthesized.withoutCloudFront().file().toString())
                        .redirectErrorStream(true)
                        .start();
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(found).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("cfn-lint", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
