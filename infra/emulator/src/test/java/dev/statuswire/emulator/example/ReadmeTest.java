package dev.statuswire.emulator.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final Path EXAMPLE =
            Path.of("src/test/java/dev/statuswire/emulator/example/OrdersTest.java");

    @Test
    void the_readme_shows_the_complete_test_in_less_than_40_lines() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains("```java\n" + Files.readString(EXAMPLE) + "```");
        assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThan(40);
    }
}
