package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.testing.TypeJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void name_that_two_jars_use_is_reported_on_one_line_without_a_template() throws IOException {
        TypeJar.greet("place-order", "name", "Hello").writeTo(folder.resolve("greet.jar"));

        assertThat(run(folder.resolve("greet.jar"))).isEqualTo(2);

        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("statuswire: the request type place-order is in ")
                .contains(folder.resolve("greet.jar").toString())
                .endsWith("; remove one of them");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void class_that_is_in_two_jars_is_reported_on_one_line() throws IOException {
        TypeJar.greet("greet", "name", "Older").writeTo(folder.resolve("greet-1.jar"));
        TypeJar.greet("greet", "name", "Newer").writeTo(folder.resolve("greet-2.jar"));

        assertThat(run(folder.resolve("greet-1.jar"), folder.resolve("greet-2.jar"))).isEqualTo(2);

        assertThat(lines())
                .containsExactly(
                        "statuswire: the class Greet is in %s and in %s; remove one of them"
                                .formatted(
                                        folder.resolve("greet-1.jar"),
                                        folder.resolve("greet-2.jar")));
    }

    @Test
    void schema_that_the_gateway_rejects_is_reported_on_one_line() throws IOException {
        TypeJar.of(
                        "Greet",
                        TypeJar.greetSource("greet", "name", "Hello")
                                .replace(
                                        ".title(\"Hello\")", ".schema(\"{\\\"examples\\\":[1]}\")"))
                .writeTo(folder.resolve("greet.jar"));

        assertThat(run(folder.resolve("greet.jar"))).isEqualTo(2);

        assertThat(lines())
                .containsExactly(
                        "statuswire: request type greet: API Gateway would reject its schema: the"
                                + " keyword examples is not in draft 4");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void type_whose_code_fails_is_reported_on_one_line() throws IOException {
        TypeJar.greet("greet", "name", "Hello")
                .without("Greet$Person.class")
                .writeTo(folder.resolve("greet.jar"));

        assertThat(run(folder.resolve("greet.jar"))).isEqualTo(2);

        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("statuswire: a request type cannot be loaded: ")
                .contains("Greet$Person");
    }

    /** Runs with these jars on the class path, as {@code ./deploy --types} does. */
    private int run(Path... jars) throws IOException {
        var urls = new ArrayList<URL>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), before)) {
            thread.setContextClassLoader(loader);
            return run(Map.of());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private List<String> lines() {
        return errors.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(Map<String, String> environment) {
        return Main.run(
                new String[] {folder.toString(), folder.resolve("out").toString()},
                new Environment(environment),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }
}
