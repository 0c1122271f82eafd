package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.sdk.RequestType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A Markdown document of the project, with access to its parts. Tests run in the folder of their
 * module.
 */
public final class Readme {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS =
            Pattern.compile("package (\\S+);.*public final class (\\w+)", Pattern.DOTALL);

    private final String text;

    private Readme(String text) {
        this.text = text;
    }

    /** Reads the README.md of the project. */
    public static Readme read() {
        return read("README.md");
    }

    /** Reads the document at {@code path}, relative to the project's folder. */
    public static Readme read(String path) {
        return new Readme(ProjectFiles.read(ProjectFiles.ROOT.resolve(path)));
    }

    /** Returns the code blocks of one language. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    public String onlyBlock(String language) {
        List<String> blocks = blocks(language);
        assertThat(blocks).as(language).hasSize(1);
        return blocks.getFirst();
    }

    /**
     * Compiles the request type of the document into {@code folder} and registers it as a service.
     * Returns the folder.
     */
    public Path compiledType(Path folder) throws IOException {
        String source = onlyBlock("java");
        Matcher type = CLASS.matcher(source);
        assertThat(type.find()).isTrue();
        compile(Files.writeString(folder.resolve(type.group(2) + ".java"), source), folder);
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(RequestType.class.getName()),
                type.group(1) + "." + type.group(2) + "\n");
        return folder;
    }

    private static void compile(Path file, Path folder) {
        String classPath = System.getProperty("java.class.path");
        String[] arguments = {
            "-proc:none", "-cp", classPath, "-d", folder.toString(), file.toString()
        };
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
        assertThat(code).as("exit code of javac").isZero();
    }
}
