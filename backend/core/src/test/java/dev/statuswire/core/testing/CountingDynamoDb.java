package dev.statuswire.core.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Takes note of every call to the database. */
public final class CountingDynamoDb {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final DynamoDbClient client;

    public CountingDynamoDb(DynamoDbClient counted) {
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(counted, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                };
        client =
                (DynamoDbClient)
                        Proxy.newProxyInstance(
                                DynamoDbClient.class.getClassLoader(),
                                new Class<?>[] {DynamoDbClient.class},
                                handler);
    }

    /** To be used in the place of the one that is counted. */
    public DynamoDbClient client() {
        return client;
    }

    /** The calls until now, such as {@code putItem}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }
}
