package dev.statuswire.bench.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZipTest {

    @TempDir Path root;

    @Test
    void zip_that_was_not_built_says_how_to_build_it() {
        assertThatThrownBy(() -> Zip.API.bytes(root))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("statuswire-api.zip is not there")
                .hasMessageContaining("-Dstatuswire.lambda-zip.phase=package");
    }

    @Test
    void zip_is_found_where_the_build_puts_it() throws IOException {
        Path target = Files.createDirectories(root.resolve("backend/api/target"));
        Files.write(target.resolve("statuswire-api.zip"), new byte[7]);

        assertThat(Zip.API.bytes(root)).isEqualTo(7);
    }
}
