package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.statuswire.core.testing.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs cfn-lint on the templates; skipped if cfn-lint is not installed. {@code ./test} lints one of
 * the templates, a different one each time, because each takes 6 s; {@code ./test --long} lints all
 * of them.
 */
final class CfnLintTest {

    /** The CDK names roles twice, as a value and as a dependency. */
    private static final String NAMED_TWICE = "W3005";

    /** The exit code of a shell, and of pyenv, for a missing command. */
    private static final int NOT_INSTALLED = 127;

    @Test
    void cfn_lint_finds_nothing() throws Exception {
        Process process =
                start(
                        Stream.concat(
                                        Stream.of(
                                                "cfn-lint",
                                                "--ignore-checks",
                                                NAMED_TWICE,
                                                "--template"),
                                        templates())
                                .toList());
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assumeFalse(process.exitValue() == NOT_INSTALLED, "cfn-lint is not installed");

        assertThat(found).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    private static Stream<String> templates() {
        List<Synthesized> templates = new ArrayList<>(Synthesized.all().toList());
        Collections.shuffle(templates);
        return templates.stream()
                .limit(Scale.of(1, templates.size()))
                .map(it -> it.file().toString());
    }

    private static Process start(List<String> lint) {
        try {
            return new ProcessBuilder(lint).redirectErrorStream(true).start();
        } catch (IOException missing) {
            return abort("cfn-lint is not installed");
        }
    }
}
