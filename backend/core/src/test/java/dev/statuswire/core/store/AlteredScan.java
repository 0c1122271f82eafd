package dev.statuswire.core.store;

import dev.statuswire.core.transition.Item;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A client that answers scans as DynamoDB may, and DynamoDB Local never does. */
final class AlteredScan {

    private static final Map<String, AttributeValue> LAST =
            Map.of(Item.ID, AttributeValue.fromS("request-1"));

    private AlteredScan() {}

    /** Each page says that there may be more, whether there is or not. */
    static DynamoDbClient endless(DynamoDbClient client) {
        return of(client, page -> page.copy(more -> more.lastEvaluatedKey(LAST)));
    }

    /** Each page is in another order: nobody promises one. */
    static DynamoDbClient backwards(DynamoDbClient client) {
        return of(client, page -> page.copy(back -> back.items(page.items().reversed())));
    }

    private static DynamoDbClient of(DynamoDbClient client, UnaryOperator<ScanResponse> altered) {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (_, method, arguments) -> {
                            Object answer = invoke(client, method, arguments);
                            return answer instanceof ScanResponse page
                                    ? altered.apply(page)
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
