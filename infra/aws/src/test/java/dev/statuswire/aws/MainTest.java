package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.settings.Environment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir private Path folder;

    @Test
    void stage_that_cognito_rejects_is_reported_on_one_line_without_a_template() {
        assertThat(run(Map.of("STATUSWIRE_STAGE", "aws-x"))).isEqualTo(2);

        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("statuswire: ")
                .contains("stage aws-x", "--login-prefix");
        assertThat(folder).isEmptyDirectory();
    }

    private int run(Map<String, String> environment) {
        return Main.run(
                new String[] {folder.toString(), folder.resolve("out").toString()},
                new Environment(environment),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }
}
