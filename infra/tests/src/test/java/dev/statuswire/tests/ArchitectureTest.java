package dev.statuswire.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module and package may use what: the picture in CONTRIBUTING.md, held against the code. */
final class ArchitectureTest {

    private static final String OURS = "dev.statuswire.";
    private static final String ALL_OURS = "dev.statuswire..";
    private static final String CORE = "dev.statuswire.core..";
    private static final String EMULATOR = "dev.statuswire.emulator..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ArchitectureTest::isProduct)
                    .importPackages("dev.statuswire");

    /** What everything may use. */
    private static final List<String> COMMON =
            List.of(
                    "java..",
                    "org.jspecify.annotations",
                    "org.slf4j",
                    "com.fasterxml.jackson..",
                    "com.amazonaws.services.lambda.runtime..",
                    "software.amazon.awssdk.core..",
                    "software.amazon.awssdk.services.dynamodb..");

    /** A module that is deployed, with what it may use besides {@link #COMMON}. */
    record Module(String name, List<String> besides) {

        static Module of(String name, String... besides) {
            return new Module(name, List.of(besides));
        }

        String packages() {
            return OURS + name + "..";
        }

        String[] allowed() {
            return Stream.of(Stream.of(packages()), COMMON.stream(), besides.stream())
                    .flatMap(packages -> packages)
                    .toArray(String[]::new);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The core makes the clients of all, so it alone knows what they are made of. */
    static Stream<Module> modules() {
        return Stream.of(
                Module.of(
                        "core",
                        "software.amazon.awssdk.auth.credentials",
                        "software.amazon.awssdk.awscore..",
                        "software.amazon.awssdk.http",
                        "software.amazon.awssdk.http.apache",
                        "software.amazon.awssdk.http.auth..",
                        "software.amazon.awssdk.regions",
                        "software.amazon.awssdk.retries"),
                Module.of("identity", CORE, "com.nimbusds.."),
                Module.of("types", CORE),
                Module.of(
                        "api",
                        CORE,
                        OURS + "identity",
                        "io.javalin..",
                        "jakarta.servlet..",
                        "org.eclipse.jetty..",
                        "io.micrometer..",
                        "com.fasterxml.uuid..",
                        "org.greenbytes.http.sfv"),
                Module.of(
                        "processor",
                        CORE,
                        "software.amazon.awssdk.services.lambda..",
                        "software.amazon.awssdk.services.sqs.."),
                Module.of(
                        "notifier",
                        CORE,
                        "software.amazon.awssdk.awscore.exception",
                        "software.amazon.awssdk.http",
                        "software.amazon.awssdk.services.apigatewaymanagementapi.."));
    }

    /** Where time passes, and is looked at otherwise than through an {@code InstantSource}. */
    private static final Set<String> EDGES =
            Set.of(
                    OURS + "core.time.SteadyClock",
                    OURS + "emulator.time.EmulatorTime",
                    OURS + "types.order.CookingTime");

    private static final Pattern TIME =
            Pattern.compile(
                    "java\\.time\\.[A-Za-z]+\\.now\\(.*"
                            + "|java\\.time\\.Clock\\.(system|tick).*"
                            + "|java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(.*"
                            + "|java\\.lang\\.Thread\\.sleep\\(.*"
                            + "|java\\.util\\.concurrent\\.TimeUnit\\.sleep\\(.*"
                            + "|java\\.util\\.Date\\.<init>\\(\\)"
                            + "|java\\.util\\.Calendar\\.getInstance\\(.*");

    private static boolean isProduct(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_uses_nothing_that_is_not_in_its_list(Module module) {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(module.allowed())
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "io.javalin..,                                                dev.statuswire.api..  dev.statuswire.emulator  dev.statuswire.emulator.gateway  dev.statuswire.local",
        "com.nimbusds..,                                              dev.statuswire.identity",
        "software.amazon.awssdk.services.apigatewaymanagementapi..,   dev.statuswire.notifier..  dev.statuswire.emulator  dev.statuswire.local",
        "software.amazon.awssdk.http.apache..,                        dev.statuswire.core.settings  dev.statuswire.emulator  dev.statuswire.emulator.engine",
        "software.amazon.dynamodb..,                                  dev.statuswire.emulator.engine",
        "software.amazon.event.ruler..,                               dev.statuswire.emulator.mapping",
        "org.junit..,                                                 dev.statuswire.emulator.junit",
        "picocli..,                                                   dev.statuswire.local",
    })
    void library_is_used_in_one_place(String library, String places) {
        String[] where = places.trim().split("\\s+", -1);
        noClasses()
                .that(resideInAPackage(ALL_OURS).and(resideInAnyPackage(where).negate()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
        assertThat(CLASSES.that(resideInAnyPackage(where)))
                .as("users of " + library)
                .anyMatch(user -> dependsOn(user, library));
    }

    private static boolean dependsOn(JavaClass user, String library) {
        return user.getDirectDependenciesFromSelf().stream()
                .anyMatch(it -> resideInAPackage(library).test(it.getTargetClass()));
    }

    @Test
    void emulator_does_not_know_the_product() {
        noClasses()
                .that()
                .resideInAPackage(EMULATOR)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ALL_OURS).and(resideOutsideOfPackages(EMULATOR)))
                .check(CLASSES);
    }

    @Test
    void only_named_classes_look_at_the_time_or_let_it_pass() {
        noClasses()
                .that(describe("are no edge", it -> !EDGES.contains(it.getName())))
                .should()
                .accessTargetWhere(describe("looks at the time", ArchitectureTest::isTime))
                .check(CLASSES);
        assertThat(CLASSES.stream().filter(ArchitectureTest::looksAtTheTime))
                .extracting(JavaClass::getName)
                .containsExactlyInAnyOrderElementsOf(EDGES);
    }

    /** Copies of one snapshot would have the same of it: chance is {@code SecureRandom}'s. */
    @Test
    void no_function_has_chance_that_a_snapshot_would_copy() {
        noClasses()
                .that()
                .resideInAnyPackage(modules().map(Module::packages).toArray(String[]::new))
                .should()
                .accessTargetWhere(describe("is chance of the process's own", it -> isChance(it)))
                .check(CLASSES);
    }

    private static boolean isChance(JavaAccess<?> access) {
        String target = access.getTarget().getFullName();
        return target.startsWith("java.util.Random.<init>")
                || target.startsWith("java.util.SplittableRandom.")
                || target.startsWith("java.util.concurrent.ThreadLocalRandom.")
                || target.startsWith("java.lang.Math.random")
                || target.startsWith("java.util.random.RandomGenerator.of")
                || target.startsWith("java.util.random.RandomGenerator.getDefault");
    }

    private static boolean looksAtTheTime(JavaClass one) {
        return one.getAccessesFromSelf().stream().anyMatch(ArchitectureTest::isTime);
    }

    private static boolean isTime(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return TIME.matcher(target.getFullName()).matches();
    }

    @Test
    void every_package_is_null_marked() {
        Set<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).collect(toSet());

        assertThat(packages)
                .hasSizeGreaterThan(30)
                .allMatch(it -> it.isAnnotatedWith(NullMarked.class), "is null-marked");
    }

    /** Rules about classes that nobody read would all hold. */
    @ParameterizedTest
    @CsvSource({"core", "types", "api", "processor", "notifier", "emulator", "local"})
    void every_module_is_read(String module) {
        Predicate<JavaClass> ofModule = resideInAPackage(OURS + module + "..");

        assertThat(CLASSES.stream().filter(ofModule)).hasSizeGreaterThan(10);
    }
}
