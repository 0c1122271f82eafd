package dev.statuswire.aws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Checks the dependencies of this module. The rules for the other modules are in infra/local. */
final class ArchitectureTest {

    private static final String PREFLIGHT = "dev.statuswire.aws.preflight";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.statuswire.aws");

    @Test
    void stack_depends_on_the_core_and_the_types_and_on_no_function() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
        classes()
                .that()
                .resideOutsideOfPackage(PREFLIGHT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson..",
                        "dev.statuswire.aws..",
                        "dev.statuswire.core..",
                        "dev.statuswire.schema..",
                        "dev.statuswire.sdk..",
                        "dev.statuswire.types..",
                        "software.amazon.awscdk..",
                        "software.amazon.awssdk.services.dynamodb.model",
                        "software.constructs..")
                .check(CLASSES);
    }

    /** ./deploy compiles the options separately, before the build. */
    @Test
    void options_depend_only_on_settings() {
        classes()
                .that()
                .haveNameMatching(".*\\.DeployOptions(Check)?(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .haveNameMatching(
                        "(\\[L)?java\\..*|dev\\.statuswire\\.core\\.settings\\..*"
                                + "|dev\\.statuswire\\.aws\\.DeployOptions.*")
                .check(CLASSES);
    }

    @Test
    void preflight_does_not_depend_on_the_stack() {
        classes()
                .that()
                .resideInAPackage(PREFLIGHT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson..",
                        PREFLIGHT,
                        "dev.statuswire.core.json",
                        "dev.statuswire.core.settings",
                        "software.amazon.awssdk..")
                .check(CLASSES);
    }

    @Test
    void front_door_does_not_depend_on_the_cdk() {
        noClasses()
                .that()
                .resideInAPackage("dev.statuswire.aws.door")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awscdk..", "software.constructs..")
                .check(CLASSES);
    }
}
