package dev.statuswire.local.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.statuswire.api.operate.TypeLoadError;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.testing.TypeJar;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Reloads real jars, which are compiled here, with a clock that the test advances. */
final class TypeReloaderTest {

    private static final Duration SETTLED = Duration.ofMillis(150);

    private final ManualClock clock = new ManualClock();
    private final TypeEnvironments environments = TypeEnvironments.empty();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TypeReloader.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private @TempDir Path first;
    private @TempDir Path second;

    @BeforeEach
    void recordLog() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void restoreLog() {
        logger.detachAppender(lines);
    }

    private TypeReloader watching(Path... folders) {
        return new TypeReloader(
                List.of(TestType.of("fixed", "one")),
                List.of(),
                List.of(folders),
                environments,
                clock);
    }

    private static Definition<?> type(RequestTypes types, String name) {
        return types.find(name).orElseThrow();
    }

    private static List<String> names(TypeReloader reloader) {
        return reloader.types().offered().stream().map(Definition::name).toList();
    }

    /** Lets the reloader notice a change, and then load it. */
    private boolean settle(TypeReloader reloader) {
        boolean tooEarly = reloader.look();
        clock.advance(SETTLED);
        return !tooEarly && reloader.look();
    }

    private List<String> warnings() {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("could not"))
                .toList();
    }

    @Test
    void types_of_a_folder_are_offered_with_those_of_the_class_path() {
        TypeJar.greet("greet", "name", "Hello").writeTo(first.resolve("greet.jar"));

        try (var reloader = watching(first)) {
            assertThat(names(reloader)).containsExactly("fixed", "greet");
            assertThat(reloader.errors()).isEmpty();
        }
    }

    @Test
    void changed_jar_is_loaded_once_it_is_unchanged_for_150_ms() {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        try (var reloader = watching(first)) {
            Definition<?> fixed = type(reloader.types(), "fixed");
            Definition<?> older = type(reloader.types(), "greet");

            TypeJar.greet("greet", "name", "Good day").writeTo(jar);
            assertThat(reloader.look()).isFalse();
            clock.advance(SETTLED.minusMillis(1));
            assertThat(reloader.look()).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(reloader.look()).isTrue();

            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Good day");
            assertThat(reloader.types().isCurrent(older)).isFalse();
            assertThat(reloader.types().isCurrent(fixed)).isTrue();
            assertThat(reloader.look()).isFalse();
        }
    }

    @Test
    void jars_of_a_folder_share_a_class_loader() {
        TypeJar.library("Words", "final class Words {}")
                .with("words.properties", "title = Servus")
                .writeTo(first.resolve("words.jar"));
        String title = "java.util.ResourceBundle.getBundle(\"words\").getString(\"title\")";
        TypeJar.of(
                        "Greet",
                        TypeJar.greetSource("greet", "name", "Hello")
                                .replace(".title(\"Hello\")", ".title(" + title + ")"))
                .writeTo(first.resolve("greet.jar"));

        try (var reloader = watching(first)) {
            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Servus");
        }
    }

    @Test
    void replaced_version_is_closed_after_10_s_and_its_classes_are_unloaded() {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        var isClosed = new AtomicBoolean();
        try (var reloader = watching(first)) {
            WeakReference<ClassLoader> older = use(reloader, isClosed);
            TypeJar.greet("greet", "name", "Good day").writeTo(jar);
            assertThat(settle(reloader)).isTrue();

            clock.advance(Duration.ofMillis(9_999));
            reloader.look();
            assertThat(isClosed).isFalse();
            clock.advance(Duration.ofMillis(1));
            reloader.look();

            assertThat(isClosed).isTrue();
            Await.until(
                    "the classes of the older version unloaded",
                    () -> {
                        System.gc();
                        return older.get() == null;
                    });
        }
    }

    /** Does what the API and the processor do with a type. */
    private WeakReference<ClassLoader> use(TypeReloader reloader, AtomicBoolean isClosed) {
        Definition<?> type = type(reloader.types(), "greet");
        new InputSchemas(reloader.types()).json("greet");
        JsonConversion.write(type.example());
        environments.of(type).once(AutoCloseable.class, _ -> () -> isClosed.set(true));
        return new WeakReference<>(type.inputType().getClassLoader());
    }

    @Test
    void copies_of_jars_are_deleted() throws Exception {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        Path copy;
        try (var reloader = watching(first)) {
            var loader =
                    (URLClassLoader) type(reloader.types(), "greet").inputType().getClassLoader();
            copy = Path.of(loader.getURLs()[0].toURI());
            assertThat(copy).hasSameBinaryContentAs(jar);
        }

        assertThat(copy.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    .example(new Person("Ada"))   |                          | request type greet: it has no example
                    .title("Hello")               | .schema("{\\"type\\":7}") | request type greet: its schema is invalid at
                    .title("Hello")               | .schema("{\\"type\\":\\"array\\"}") | request type greet: its example does not match its schema
                    Definition.of("greet"         | Definition.of("fixed"    | request type fixed: the class path already has a type with this name
                    """)
    void type_that_breaks_a_rule_is_reported_and_the_previous_version_stays_active(
            String code, @Nullable String instead, String reason) {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        try (var reloader = watching(first)) {
            Definition<?> active = type(reloader.types(), "greet");
            String source = TypeJar.greetSource("greet", "name", "Hello");
            assertThat(source).contains(code);

            TypeJar.of("Greet", source.replace(code, Objects.requireNonNullElse(instead, "")))
                    .writeTo(jar);

            assertThat(settle(reloader)).isFalse();
            assertThat(reloader.types().isCurrent(active)).isTrue();
            assertThat(reloader.errors())
                    .singleElement()
                    .satisfies(
                            error -> {
                                assertThat(error.source())
                                        .isEqualTo(first.getFileName().toString());
                                assertThat(error.reason()).startsWith(reason);
                            });
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .startsWith("could not load " + first + ": " + reason)
                    .endsWith("; the previous version stays active");

            TypeJar.greet("greet", "name", "Welcome").writeTo(jar);
            assertThat(settle(reloader)).isTrue();
            assertThat(reloader.errors()).isEmpty();
            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Welcome");
        }
    }

    @Test
    void failure_is_reported_again_after_a_build_that_does_not_fix_it() {
        Path jar = first.resolve("greet.jar");
        String broken =
                TypeJar.greetSource("greet", "name", "Hello")
                        .replace(".example(new Person(\"Ada\"))", "");
        TypeJar.of("Greet", broken).writeTo(jar);
        try (var reloader = watching(first)) {
            assertThat(warnings()).hasSize(1);

            TypeJar.of("Greet", broken.replace("Hello", "Good day")).writeTo(jar);
            settle(reloader);
            settle(reloader);

            assertThat(warnings()).hasSize(2).containsOnly(warnings().getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"no settings\");"
                        + "| Greet.define() failed: java.lang.IllegalStateException: no settings;",
                "return null; | Greet.define() returned null; return the definition;"
            })
    void definition_that_fails_without_a_rule_is_reported_with_its_class(
            String code, String reason) {
        String source = TypeJar.greetSource("greet", "name", "Hello");
        String start = "return Definition.of(";
        assertThat(source).contains(start);
        TypeJar.of("Greet", source.replace(start, "if (Boolean.TRUE) " + code + start))
                .writeTo(first.resolve("greet.jar"));
        try (var reloader = watching(first)) {
            assertThat(names(reloader)).containsExactly("fixed");
            assertThat(warnings()).singleElement().asString().contains(": " + reason);
        }
    }

    @Test
    void class_that_cannot_be_loaded_is_named_in_the_log_only() {
        Path jar = first.resolve("greet.jar");
        TypeJar greet = TypeJar.greet("greet", "name", "Hello");
        greet.without("Greet$Person.class").writeTo(jar);

        try (var reloader = watching(first)) {
            assertThat(names(reloader)).containsExactly("fixed");
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("Greet$Person")
                    .endsWith("; its types are not offered");
            assertThat(reloader.errors())
                    .containsExactly(
                            new TypeLoadError(
                                    first.getFileName().toString(),
                                    "its code failed; the log has the reason"));

            greet.without("META-INF/services/dev.statuswire.sdk.RequestType").writeTo(jar);
            settle(reloader);
            assertThat(reloader.errors().getFirst().reason())
                    .startsWith("no jar has a request type in META-INF/services/");
        }
    }

    @Test
    void jar_that_is_being_written_is_loaded_when_it_is_complete() throws IOException {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        byte[] newer = TypeJar.greet("greet", "name", "Good day").bytes();
        try (var reloader = watching(first)) {
            for (int part = 1; part < 10; part++) {
                Files.write(jar, Arrays.copyOf(newer, newer.length * part / 10));
                assertThat(settle(reloader)).isFalse();
                assertThat(reloader.errors()).isEmpty();
            }
            Files.write(jar, newer);

            assertThat(settle(reloader)).isTrue();
            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Good day");
            assertThat(warnings()).isEmpty();
        }
    }

    @Test
    void jar_that_remains_incomplete_for_2_s_is_reported_once() throws IOException {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        try (var reloader = watching(first)) {
            Files.write(jar, new byte[] {'P', 'K'});
            settle(reloader);
            clock.advance(Duration.ofSeconds(2));
            reloader.look();
            reloader.look();

            assertThat(warnings())
                    .containsExactly(
                            "could not load "
                                    + first
                                    + ": greet.jar is not a readable jar; the previous version"
                                    + " stays active");
            assertThat(names(reloader)).containsExactly("fixed", "greet");
        }
    }

    @Test
    void types_of_a_deleted_jar_are_no_longer_offered() throws IOException {
        Path jar = first.resolve("greet.jar");
        TypeJar.greet("greet", "name", "Hello").writeTo(jar);
        try (var reloader = watching(first)) {
            Files.delete(jar);

            assertThat(settle(reloader)).isTrue();
            assertThat(names(reloader)).containsExactly("fixed");
            assertThat(reloader.errors()).isEmpty();
        }
    }

    @Test
    void name_that_two_folders_use_belongs_to_the_first_until_its_jar_is_deleted()
            throws IOException {
        TypeJar.greet("greet", "name", "First").writeTo(first.resolve("a.jar"));
        TypeJar.greet("greet", "name", "Second").writeTo(second.resolve("a.jar"));
        try (var reloader = watching(first, second)) {
            assertThat(type(reloader.types(), "greet").title()).isEqualTo("First");
            assertThat(warnings())
                    .containsExactly(
                            "could not load "
                                    + second
                                    + ": request type greet: "
                                    + first
                                    + " already has a type with this name; its types are not offered");

            Files.delete(first.resolve("a.jar"));
            settle(reloader);
            reloader.look();

            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Second");
            assertThat(reloader.errors()).isEmpty();
        }
    }

    @Test
    void jar_of_a_project_is_the_newest_one_in_target_and_stays_loaded_while_it_is_rebuilt()
            throws IOException {
        Files.writeString(first.resolve("pom.xml"), "<project/>");
        TypeJar.greet("decoy", "name", "Not of the build").writeTo(first.resolve("a.jar"));
        try (var reloader = watching(first)) {
            assertThat(names(reloader)).containsExactly("fixed");
            Path target = Files.createDirectory(first.resolve("target"));
            TypeJar.greet("greet", "name", "Older").writeTo(target.resolve("greet-1.jar"));
            Files.setLastModifiedTime(target.resolve("greet-1.jar"), FileTime.fromMillis(1_000));
            TypeJar.greet("greet", "name", "Newer").writeTo(target.resolve("greet-2.jar"));
            for (String other : List.of("greet-2-sources", "greet-2-tests", "original-greet-2")) {
                Files.writeString(target.resolve(other + ".jar"), "not read");
            }

            settle(reloader);
            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Newer");

            Files.delete(target.resolve("greet-1.jar"));
            Files.delete(target.resolve("greet-2.jar"));
            assertThat(settle(reloader)).isFalse();
            assertThat(names(reloader)).containsExactly("fixed", "greet");

            TypeJar.greet("greet", "name", "Rebuilt").writeTo(target.resolve("greet-2.jar"));
            assertThat(settle(reloader)).isTrue();
            assertThat(type(reloader.types(), "greet").title()).isEqualTo("Rebuilt");
        }
    }

    @Test
    void retired_type_stays_retired_when_it_is_reloaded() {
        Path jar = first.resolve("greet.jar");
        try (var reloader =
                new TypeReloader(
                        List.of(), List.of("greet"), List.of(first), environments, clock)) {
            TypeJar.greet("greet", "name", "Hello").writeTo(jar);
            settle(reloader);

            assertThat(names(reloader)).isEmpty();
            assertThat(reloader.types().find("greet")).isPresent();
        }
    }

    @Test
    void folder_that_does_not_exist_is_an_error() {
        assertThatThrownBy(() -> watching(first.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--types " + first.resolve("missing"));
    }
}
