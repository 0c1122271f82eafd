package dev.statuswire.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * The project with one mistake in it: a line of its source is replaced, and what is compiled of it
 * stands on the class path before the right one.
 *
 * @param mistake what is wrong with it
 * @param source the file, from the project's folder
 * @param right what stands there, once
 * @param wrong what stands there instead
 */
record WrongBuild(String mistake, Path source, String right, String wrong) {

    private static final Path PROJECT = Path.of("..", "..");

    /** Builds it; the class path to run it with. */
    String build(Path folder) throws IOException {
        String text = Files.readString(PROJECT.resolve(source));
        assertThat(text.split(Pattern.quote(right), -1))
                .as("%s has this once: %s", source, right)
                .hasSize(2);
        Path changed = folder.resolve(source.getFileName());
        Files.writeString(changed, text.replace(right, wrong));
        String classPath = System.getProperty("java.class.path");
        var options =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-parameters", "-cp", classPath));
        options.addAll(List.of("-d", folder.toString(), changed.toString()));
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, options.toArray(String[]::new));
        assertThat(failed).as("it compiles").isZero();
        return folder + File.pathSeparator + classPath;
    }

    @Override
    public String toString() {
        return mistake;
    }
}
