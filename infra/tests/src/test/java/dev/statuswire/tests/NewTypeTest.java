package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.sdk.RequestType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code ./new-type} with the artifacts of this build, and the test of the project that it
 * creates. {@code ./test --long} also lets the script build the artifacts itself.
 */
final class NewTypeTest {

    private static final String LONG = "runs only in ./test --long";

    @TempDir private static Path shared;

    private static MavenRepository repository;

    @TempDir private Path folder;

    @BeforeAll
    static void installTheBuild() throws Exception {
        repository = MavenRepository.create(shared.resolve("repository"));
        repository.addBuiltArtifacts();
    }

    private static Command newType(String... arguments) throws Exception {
        return newType(ProjectFiles.ROOT, repository, arguments);
    }

    private static Command newType(Path project, MavenRepository to, String... arguments)
            throws Exception {
        var command = Stream.concat(Stream.of("./new-type"), Stream.of(arguments)).toList();
        return Command.run(project, to.environment(), command);
    }

    /** Runs the tests of a project, as its README says, with the Maven that is installed. */
    private static Command test(Path project, String javaHome) throws Exception {
        var environment = new HashMap<>(repository.environment());
        environment.put("JAVA_HOME", javaHome);
        String maven = "if command -v mvn >/dev/null; then mvn \"$@\"; else ./mvnw \"$@\"; fi";
        return Command.run(
                project,
                environment,
                List.of("bash", "-c", maven, "maven", "-B", "-ntp", "-o", "test"));
    }

    @Test
    void project_compiles_and_passes_its_test_offline_on_the_oldest_jdk_that_is_installed()
            throws Exception {
        Path project = folder.resolve("my types").resolve("greet");

        Command created = newType("greet-people", project.toString());

        assertThat(created.exitCode()).as(created.output()).isZero();
        assertThat(created.output())
                .contains(project.toString().replace(" ", "\\ "), "./mvnw test");
        Command tested = test(project, Jdks.oldest());
        assertThat(tested.exitCode()).as(tested.output()).isZero();
        assertThat(tested.output()).contains("Tests run: 2, Failures: 0", "release 17");
        assertThat(tested.output()).doesNotContain("WARNING] ", "SLF4J");
        assertThat(contentsOf(project.resolve("target/greet-people.jar")))
                .contains("greetpeople/GreetPeople.class")
                .contains("META-INF/services/dev.statuswire.sdk.RequestType")
                .allMatch(file -> file.matches("(greetpeople|META-INF)/.*"));
        String home = ProjectFiles.ROOT.toRealPath().toString();
        assertThat(Files.readAllLines(project.resolve("README.md")))
                .contains("./mvnw test", home + "/run --types .", home + "/deploy --types .");
        assertThat(project.resolve("mvnw")).isExecutable();
        assertThat(textsOf(project)).noneMatch(text -> text.matches("(?s).*@[a-z]+@.*"));
    }

    private static List<String> contentsOf(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream().filter(it -> !it.isDirectory()).map(JarEntry::getName).toList();
        }
    }

    private static List<String> textsOf(Path project) {
        return ProjectFiles.walk(project.resolve("src"), Integer.MAX_VALUE).stream()
                .filter(Files::isRegularFile)
                .map(ProjectFiles::read)
                .toList();
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void test_of_the_project_fails_if_the_effect_is_not_idempotent() throws Exception {
        newType("greet", folder.toString());
        Path type = folder.resolve("src/main/java/greet/Greet.java");
        String changed =
                ProjectFiles.read(type)
                        .replace("context.effectKey()", "java.util.UUID.randomUUID().toString()");
        Files.writeString(type, changed);

        Command tested = test(folder, Jdks.oldest());

        assertThat(tested.exitCode()).isEqualTo(1);
        assertThat(tested.output()).contains("sends_one_greeting_wherever_a_process_crashes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Greet",
                "greet_people",
                "1greet",
                "-greet",
                "grüße",
                "a/b",
                "../greet",
                "a\nb"
            })
    void invalid_name_is_refused(String name) throws Exception {
        assertThat(refused(newType(name, folder.toString())))
                .containsAnyOf("does not match [a-z][a-z0-9-]{0,62}", "unknown option");
        assertThat(folder).isEmptyDirectory();
    }

    /** The name of the package is that of the type without hyphens. */
    @ParameterizedTest
    @ValueSource(strings = {"class", "in-t", "new-", "java"})
    void name_that_is_no_package_is_refused(String name) throws Exception {
        assertThat(refused(newType(name, folder.toString()))).contains("which Java reserves");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "test", "out-box", "input", "statuswire-test"})
    void name_of_a_class_that_the_project_uses_is_refused(String name) throws Exception {
        assertThat(refused(newType(name, folder.toString()))).contains("uses already");
        assertThat(folder).isEmptyDirectory();
    }

    static Stream<String> shippedTypes() {
        return ServiceLoader.load(RequestType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(type -> type.getClass().getName().startsWith("dev.statuswire.types."))
                .map(type -> type.define().name());
    }

    @ParameterizedTest
    @MethodSource("shippedTypes")
    void name_of_a_shipped_type_is_refused(String name) throws Exception {
        assertThat(refused(newType(name, folder.toString())))
                .contains("Statuswire ships a type called " + name);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void folder_that_is_not_empty_is_refused_and_unchanged() throws Exception {
        Path mine = Files.writeString(folder.resolve(".mine"), "keep");

        assertThat(refused(newType("greet", folder.toString()))).contains("is not empty");

        assertThat(folder).isDirectoryContaining(mine::equals);
        assertThat(ProjectFiles.walk(folder, Integer.MAX_VALUE)).hasSize(2);
        assertThat(mine).hasContent("keep");
    }

    @Test
    void file_in_place_of_the_folder_or_above_it_is_refused_and_unchanged() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "keep");

        assertThat(refused(newType("greet", file.toString()))).contains("is not a folder");
        assertThat(refused(newType("greet", file.resolve("in").toString())))
                .contains("cannot write in " + file);

        assertThat(ProjectFiles.walk(folder, Integer.MAX_VALUE)).hasSize(2);
        assertThat(file).hasContent("keep");
    }

    @Test
    void wrong_arguments_are_refused() throws Exception {
        assertThat(refused(newType())).contains("pass the name of the type and the folder");
        assertThat(refused(newType("greet"))).contains("pass the name of the type and the folder");
        assertThat(refused(newType("greet", ""))).contains("pass the name of the type");
        assertThat(refused(newType("--force", "greet"))).contains("unknown option --force");
    }

    /** Returns the only line that a command has printed; fails unless its exit code is 2. */
    private static String refused(Command run) {
        assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
        assertThat(run.output().lines()).hasSize(1);
        assertThat(run.output()).startsWith("statuswire: ").endsWith("see ./new-type --help\n");
        return run.output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void help_names_the_arguments_and_the_exit_codes(String option) throws Exception {
        Command help = newType(option);

        assertThat(help.exitCode()).isZero();
        assertThat(help.output())
                .startsWith("Usage: ./new-type NAME FOLDER")
                .contains("Exit codes:");
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void script_builds_the_sdk_if_the_repository_lacks_it_or_if_its_sources_have_changed()
            throws Exception {
        Path copy = ProjectFiles.copyOfTheProject(folder.resolve("statuswire"));
        var empty = MavenRepository.create(folder.resolve("repository"));

        Command first = newType(copy, empty, "one", folder.resolve("one").toString());
        Command second = newType(copy, empty, "two", folder.resolve("two").toString());
        Path source = copy.resolve("backend/sdk/src/main/java/dev/statuswire/sdk/Pace.java");
        Files.writeString(source, ProjectFiles.read(source) + "// changed\n");
        Command third = newType(copy, empty, "three", folder.resolve("three").toString());

        assertThat(first.output()).contains("installing the SDK");
        assertThat(first.exitCode()).isZero();
        assertThat(empty.artifact("statuswire-testkit")).isDirectory();
        assertThat(second.output()).doesNotContain("installing the SDK");
        assertThat(third.output()).contains("installing the SDK");
        assertThat(third.exitCode()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true", disabledReason = LONG)
    void failing_build_of_the_sdk_exits_with_1_and_writes_nothing() throws Exception {
        Path copy = ProjectFiles.copyOfTheProject(folder.resolve("statuswire"));
        var empty = MavenRepository.create(folder.resolve("repository"));
        Files.writeString(
                copy.resolve("backend/sdk/src/main/java/dev/statuswire/sdk/Pace.java"), "no Java");

        Command run = newType(copy, empty, "one", folder.resolve("one").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("Pace.java", "the build failed; see ");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    /** The JDKs of this machine. */
    private static final class Jdks {

        private static final List<String> FOLDERS =
                List.of(
                        "/usr/lib/jvm",
                        System.getProperty("user.home") + "/.sdkman/candidates/java");

        /** Returns the home of a JDK 17 if there is one, otherwise that of this test's JDK. */
        static String oldest() throws IOException {
            Map<String, String> environment = System.getenv();
            return Stream.concat(
                            Stream.ofNullable(environment.get("JAVA_HOME_17_X64")).map(Path::of),
                            installed())
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")))
                    .filter(Jdks::is17)
                    .findFirst()
                    .map(Path::toString)
                    .orElse(System.getProperty("java.home"));
        }

        private static Stream<Path> installed() {
            return FOLDERS.stream()
                    .map(Path::of)
                    .filter(Files::isDirectory)
                    .flatMap(parent -> ProjectFiles.walk(parent, 1).stream());
        }

        private static boolean is17(Path jdk) {
            Path release = jdk.resolve("release");
            return Files.isReadable(release)
                    && ProjectFiles.read(release).contains("JAVA_VERSION=\"17.");
        }
    }
}
