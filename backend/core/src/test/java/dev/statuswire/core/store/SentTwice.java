package dev.statuswire.core.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that loses the first answer to each conditional write, and sends it again. */
final class SentTwice {

    private SentTwice() {}

    static DynamoDbClient of(DynamoDbClient client) {
        return of(client, () -> {});
    }

    /** With something that happens in between. */
    static DynamoDbClient of(DynamoDbClient client, Runnable between) {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (_, method, arguments) -> {
                            if (isWrite(method)) {
                                invoke(client, method, arguments);
                                between.run();
                            }
                            return invoke(client, method, arguments);
                        });
    }

    private static boolean isWrite(Method method) {
        return method.getName().equals("putItem") || method.getName().equals("updateItem");
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
