package dev.statuswire.tests.lambda;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The content and the size of the zips. */
final class ZipTest {

    private static final int MIB = 1024 * 1024;
    private static final Pattern JAR = Pattern.compile("lib/(.+?)-\\d[^/]*\\.jar");

    @ParameterizedTest
    @CsvSource({"API, 20", "IDENTITY, 7", "PROCESSOR, 13", "NOTIFIER, 12"})
    void zip_of_a_function_is_small(Zip zip, int mebibytes) throws IOException {
        System.out.printf("%s: %,d bytes%n", zip.file().getFileName(), zip.bytes());

        assertThat(zip.bytes()).isLessThanOrEqualTo((long) mebibytes * MIB);
    }

    @ParameterizedTest
    @EnumSource(names = {"API", "IDENTITY", "PROCESSOR", "NOTIFIER"})
    void zip_of_a_function_has_its_classes_and_each_library_once(Zip zip) throws IOException {
        String own = "dev/statuswire/" + zip.name().toLowerCase(ROOT) + "/";
        assertThat(zip.entries()).anyMatch(entry -> entry.startsWith(own));
        List<String> libraries =
                zip.entries().stream()
                        .filter(entry -> entry.startsWith("lib/"))
                        .map(ZipTest::library)
                        .filter(library -> !library.equals("annotations")) // AWS's and Kotlin's
                        .toList();

        assertThat(libraries)
                .doesNotHaveDuplicates()
                .contains("statuswire-core", "statuswire-function");
    }

    @ParameterizedTest
    @EnumSource(names = {"API", "PROCESSOR", "NOTIFIER"})
    void zip_of_a_function_that_uses_the_database_has_its_client(Zip zip) throws IOException {
        assertThat(zip.entries())
                .anyMatch(jar -> jar.startsWith("lib/dynamodb-"))
                .anyMatch(jar -> jar.startsWith("lib/apache-client-"));
    }

    @Test
    void zip_of_the_token_authorizer_has_no_aws_client() throws IOException {
        assertThat(Zip.IDENTITY.entries())
                .anyMatch(jar -> jar.startsWith("lib/nimbus-jose-jwt-"))
                .noneMatch(jar -> jar.matches("lib/(dynamodb|sdk-core|apache-client|aws-core)-.*"));
    }

    private static String library(String entry) {
        Matcher jar = JAR.matcher(entry);
        assertThat(jar.matches()).as(entry).isTrue();
        return jar.group(1);
    }

    /**
     * Only one HTTP client of the SDK and one logging library; nothing of tests, servers or other
     * zips.
     */
    @ParameterizedTest
    @EnumSource(names = {"IDENTITY", "PROCESSOR", "NOTIFIER"})
    void zip_of_a_function_has_no_unneeded_libraries(Zip zip) throws IOException {
        assertThat(zip.entries())
                .noneMatch(
                        jar ->
                                jar.matches(
                                        ".*(netty|crt|url-connection|logback|log4j-to|junit|assertj"
                                                + "|javalin|jetty|DynamoDBLocal|-tests|-api-0"
                                                + "|runtime-interface|statuswire-types).*"));
    }

    @Test
    void layer_of_the_types_has_one_jar_where_lambda_looks_for_it() throws IOException {
        System.out.printf("%s: %,d bytes%n", Zip.TYPES_LAYER.file(), Zip.TYPES_LAYER.bytes());

        assertThat(Zip.TYPES_LAYER.entries())
                .singleElement()
                .asString()
                .matches("java/lib/statuswire-types-[^/]+\\.jar");
        assertThat(Zip.TYPES_LAYER.bytes()).isLessThanOrEqualTo(MIB);
    }
}
