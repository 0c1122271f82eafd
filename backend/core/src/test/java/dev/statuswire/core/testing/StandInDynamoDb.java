package dev.statuswire.core.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client in front of another one, for tests that change or note what passes. */
public final class StandInDynamoDb {

    private StandInDynamoDb() {}

    /** What becomes of a call. */
    @FunctionalInterface
    public interface Around {
        @Nullable Object call(String method, Call call) throws Throwable;
    }

    /** The call of the other client, as often as it is wanted. */
    @FunctionalInterface
    public interface Call {
        /** Its answer; throws what the client throws. */
        @Nullable Object send() throws Throwable;
    }

    /** One in front of {@code client}. */
    public static DynamoDbClient of(DynamoDbClient client, Around around) {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (_, method, arguments) ->
                                around.call(
                                        method.getName(),
                                        () -> {
                                            try {
                                                return method.invoke(client, arguments);
                                            } catch (InvocationTargetException thrown) {
                                                throw thrown.getCause() == null
                                                        ? thrown
                                                        : thrown.getCause();
                                            }
                                        }));
    }
}
