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

/** Checks the dependencies of modules and packages against the diagram in CONTRIBUTING.md. */
final class ArchitectureTest {

    private static final String PREFIX = "dev.statuswire.";
    private static final String ALL_PACKAGES = "dev.statuswire..";
    private static final String CORE = "dev.statuswire.core..";
    private static final String SDK = "dev.statuswire.sdk..";
    private static final String SCHEMA = "dev.statuswire.schema..";
    private static final String TESTKIT = "dev.statuswire.testkit..";
    private static final String EMULATOR = "dev.statuswire.emulator..";
    private static final String CLIENT = "dev.statuswire.client..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ArchitectureTest::isProduct)
                    .importPackages("dev.statuswire");

    /** The packages that every module may use. */
    private static final List<String> COMMON =
            List.of(
                    "java..",
                    "org.jspecify.annotations",
                    "org.slf4j",
                    "com.fasterxml.jackson..",
                    "com.amazonaws.services.lambda.runtime..",
                    "software.amazon.awssdk.core..",
                    "software.amazon.awssdk.services.dynamodb..");

    /** A deployed module, with the packages that it may use in addition to {@link #COMMON}. */
    record Module(String name, List<String> besides) {

        static Module of(String name, String... besides) {
            return new Module(name, List.of(besides));
        }

        String packages() {
            return PREFIX + name + "..";
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

    /** The core creates the AWS clients of all modules, so it may use what they are made of. */
    static Stream<Module> modules() {
        return Stream.of(
                Module.of("sdk"),
                Module.of(
                        "schema",
                        CORE,
                        SDK,
                        "com.github.victools..",
                        "com.fasterxml.classmate",
                        "jakarta.validation.."),
                Module.of(
                        "core",
                        SDK,
                        "software.amazon.awssdk.auth.credentials",
                        "software.amazon.awssdk.awscore..",
                        "software.amazon.awssdk.http",
                        "software.amazon.awssdk.http.apache",
                        "software.amazon.awssdk.http.auth..",
                        "software.amazon.awssdk.regions",
                        "software.amazon.awssdk.retries"),
                Module.of("identity", CORE, "com.nimbusds.."),
                Module.of("types", CORE, SDK, "jakarta.validation.."),
                Module.of(
                        "api",
                        CORE,
                        SDK,
                        SCHEMA,
                        PREFIX + "identity",
                        "io.javalin..",
                        "jakarta.servlet..",
                        "org.eclipse.jetty..",
                        "io.micrometer..",
                        "com.fasterxml.uuid..",
                        "org.greenbytes.http.sfv"),
                Module.of(
                        "processor",
                        CORE,
                        SDK,
                        "org.slf4j.jdk.platform.logging",
                        "software.amazon.awssdk.services.lambda..",
                        "software.amazon.awssdk.services.sqs.."),
                Module.of(
                        "notifier",
                        CORE,
                        "software.amazon.awssdk.awscore.exception",
                        "software.amazon.awssdk.http",
                        "software.amazon.awssdk.services.apigatewaymanagementapi.."));
    }

    /** The classes that may sleep, or read the time other than through an {@code InstantSource}. */
    private static final Set<String> TIME_CLASSES =
            Set.of(
                    PREFIX + "client.EventLoop",
                    PREFIX + "core.time.SteadyClock",
                    PREFIX + "emulator.time.EmulatorTime",
                    PREFIX + "types.order.CookingTime",
                    PREFIX + "types.trip.BookTrip",
                    PREFIX + "types.trip.Bookings");

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
    void module_uses_only_the_packages_in_its_list(Module module) {
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
        "org.junit..,                                                 dev.statuswire.emulator.junit  dev.statuswire.testkit",
        "picocli..,                                                   dev.statuswire.local",
    })
    void library_is_used_only_in_its_packages(String library, String places) {
        String[] where = places.trim().split("\\s+", -1);
        noClasses()
                .that(resideInAPackage(ALL_PACKAGES).and(resideInAnyPackage(where).negate()))
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

    /** Authors of request types have the same packages. */
    @Test
    void shipped_types_use_only_the_sdk() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAnyPackage(PREFIX + "types.order..", PREFIX + "types.users..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        PREFIX + "types.order..",
                        PREFIX + "types.users..",
                        SDK,
                        "java..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson..",
                        "jakarta.validation..",
                        "software.amazon.awssdk.core..",
                        "software.amazon.awssdk.services.dynamodb..")
                .check(CLASSES);
    }

    @Test
    void sdk_depends_on_jackson_and_annotations_alone() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(SDK)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        SDK, "java..", "org.jspecify.annotations", "com.fasterxml.jackson..")
                .check(CLASSES);
    }

    /** The stream processor and the worker start without the generator and the validator. */
    @Test
    void schemas_are_loaded_only_by_the_api() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        PREFIX + "core..",
                        PREFIX + "processor..",
                        PREFIX + "notifier..",
                        PREFIX + "types..",
                        SDK)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SCHEMA)
                .check(CLASSES);
    }

    /** It is on the class path of projects that write request types. */
    @Test
    void test_kit_uses_no_more_of_the_product_than_the_processing_of_requests() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(TESTKIT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        TESTKIT,
                        SDK,
                        CORE,
                        SCHEMA,
                        PREFIX + "processor.work",
                        "java..",
                        "org.jspecify.annotations",
                        "org.junit.jupiter.api.extension",
                        "com.fasterxml.jackson.databind..",
                        "software.amazon.awssdk.services.dynamodb..")
                .check(CLASSES);
    }

    @Test
    void emulator_and_its_tests_do_not_depend_on_the_product() {
        JavaClasses emulator = new ClassFileImporter().importPackages("dev.statuswire.emulator");

        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ALL_PACKAGES).and(resideOutsideOfPackages(EMULATOR)))
                .check(emulator);
        assertThat(emulator.contain("dev.statuswire.emulator.EmulatorTest")).isTrue();
    }

    @Test
    void client_uses_only_the_jdk_and_jackson_and_no_module_uses_it() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CLIENT, "java..", "org.jspecify.annotations", "com.fasterxml.jackson..")
                .check(CLASSES);
        noClasses()
                .that(resideInAPackage(ALL_PACKAGES).and(resideOutsideOfPackages(CLIENT)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLIENT)
                .check(CLASSES);
    }

    @Test
    void only_listed_classes_read_the_time_or_sleep() {
        noClasses()
                .that(describe("are not listed", it -> !TIME_CLASSES.contains(it.getName())))
                .should()
                .accessTargetWhere(describe("reads the time or sleeps", ArchitectureTest::isTime))
                .check(CLASSES);
        assertThat(CLASSES.stream().filter(ArchitectureTest::usesTheTime))
                .extracting(JavaClass::getName)
                .containsExactlyInAnyOrderElementsOf(TIME_CLASSES);
    }

    /** All copies of a snapshot would get the same values, except from {@code SecureRandom}. */
    @Test
    void no_function_uses_randomness_that_a_snapshot_would_copy() {
        noClasses()
                .that()
                .resideInAnyPackage(modules().map(Module::packages).toArray(String[]::new))
                .should()
                .accessTargetWhere(
                        describe(
                                "is randomness that a snapshot copies",
                                it -> isCopiedRandomness(it)))
                .check(CLASSES);
    }

    private static boolean isCopiedRandomness(JavaAccess<?> access) {
        String target = access.getTarget().getFullName();
        return target.startsWith("java.util.Random.<init>")
                || target.startsWith("java.util.SplittableRandom.")
                || target.startsWith("java.util.concurrent.ThreadLocalRandom.")
                || target.startsWith("java.lang.Math.random")
                || target.startsWith("java.util.random.RandomGenerator.of")
                || target.startsWith("java.util.random.RandomGenerator.getDefault");
    }

    private static boolean usesTheTime(JavaClass one) {
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

    /** Ensures that the rules above do not hold only because no classes were read. */
    @ParameterizedTest
    @CsvSource({
        "core",
        "types",
        "api",
        "processor",
        "notifier",
        "client",
        "emulator",
        "local",
        "testkit"
    })
    void classes_of_every_module_are_read(String module) {
        Predicate<JavaClass> ofModule = resideInAPackage(PREFIX + module + "..");

        assertThat(CLASSES.stream().filter(ofModule)).hasSizeGreaterThan(10);
    }
}
