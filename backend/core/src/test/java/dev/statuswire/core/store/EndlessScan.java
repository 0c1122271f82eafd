package dev.statuswire.core.store;

import dev.statuswire.core.transition.Item;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A client whose scans answer that there may be more, whether there is or not. */
final class EndlessScan {

    private static final Map<String, AttributeValue> LAST =
            Map.of(Item.ID, AttributeValue.fromS("request-1"));

    private EndlessScan() {}

    static DynamoDbClient of(DynamoDbClient client) {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (_, method, arguments) -> {
                            Object answer = invoke(client, method, arguments);
                            return answer instanceof ScanResponse page
                                    ? page.copy(more -> more.lastEvaluatedKey(LAST))
                                    : answer;
                        });
    }

    private static @Nullable Object invoke(
            DynamoDbClient client, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
