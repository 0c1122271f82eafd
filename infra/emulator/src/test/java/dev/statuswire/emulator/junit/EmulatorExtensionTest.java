package dev.statuswire.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.emulator.Emulator;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests the extension with the calls that JUnit makes. */
final class EmulatorExtensionTest {

    private static final ExtensionContext CLASS = context("class");
    private static final ExtensionContext TEST = context("test");

    private final List<Emulator> started = new ArrayList<>();

    @Test
    void an_extension_in_a_static_field_starts_one_emulator_for_the_class() throws Exception {
        var extension = new EmulatorExtension(started::add);
        extension.beforeAll(CLASS);
        extension.beforeEach(TEST);
        extension.afterEach(TEST);
        extension.beforeEach(TEST);
        extension.afterEach(TEST);
        assertThat(started).hasSize(1);
        DynamoDbClient tables = started.getFirst().dynamoDb();
        assertThat(tables.listTables().tableNames()).hasSize(1);
        extension.afterAll(CLASS);
        assertThatThrownBy(tables::listTables).isInstanceOf(SdkClientException.class);
    }

    @Test
    void an_extension_in_an_instance_field_starts_one_emulator_for_each_test() throws Exception {
        var extension = new EmulatorExtension(started::add);
        extension.beforeEach(TEST);
        extension.afterEach(TEST);
        assertThatThrownBy(started.getFirst().dynamoDb()::listTables)
                .isInstanceOf(SdkClientException.class);
        extension.beforeEach(TEST);
        extension.afterEach(TEST);
        assertThat(started).hasSize(2);
    }

    @Test
    void a_handler_s_exception_fails_the_test() throws Exception {
        var called = new CountDownLatch(2);
        var extension =
                new EmulatorExtension(
                        aws -> {
                            started.add(aws);
                            aws.table("things", "id");
                            aws.stream(
                                    "things",
                                    (event, _) -> {
                                        called.countDown();
                                        throw new IllegalStateException("on purpose");
                                    });
                        });
        extension.beforeEach(TEST);
        var item = Map.of("id", AttributeValue.fromS("a"));
        var _ = started.getFirst().dynamoDb().putItem(put -> put.tableName("things").item(item));
        called.await();
        assertThatThrownBy(() -> extension.afterEach(TEST))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("on purpose")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(started.getFirst().takeErrors()).isEmpty();
    }

    private static ExtensionContext context(String id) {
        return (ExtensionContext)
                Proxy.newProxyInstance(
                        EmulatorExtensionTest.class.getClassLoader(),
                        new Class<?>[] {ExtensionContext.class},
                        (_, method, _) -> {
                            assertThat(method.getName()).isEqualTo("getUniqueId");
                            return id;
                        });
    }
}
