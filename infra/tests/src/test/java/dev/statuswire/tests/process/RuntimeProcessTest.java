package dev.statuswire.tests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuntimeProcessTest {

    @TempDir private Path folder;

    @Test
    void runtime_ends_when_the_test_that_started_it_has_ended() throws Exception {
        try (var process = RuntimeProcess.onDisk(folder)) {
            process.awaitPage();
            process.abandon();

            assertThat(process.awaitEnd()).isEqualTo(1);
        }
    }
}
