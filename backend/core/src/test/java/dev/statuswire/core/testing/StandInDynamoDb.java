package dev.statuswire.core.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that intercepts the calls to another client. */
public final class StandInDynamoDb {

    private StandInDynamoDb() {}

    /** Intercepts a call. */
    @FunctionalInterface
    public interface Around {
        /**
         * Returns the response to a call.
         *
         * @param request as built, even if the caller passed a function that builds it; null if the
         *     method has no parameter
         */
        @Nullable Object call(String method, @Nullable Object request, Call call) throws Throwable;
    }

    /** A call to the other client, which may be sent any number of times. */
    @FunctionalInterface
    public interface Call {
        /** Sends the call and returns its response. Throws what the client throws. */
        @Nullable Object send() throws Throwable;
    }

    /**
     * Returns a client that passes each call to {@code around}, which may send it to {@code
     * client}.
     */
    public static DynamoDbClient of(DynamoDbClient client, Around around) {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (proxy, method, arguments) ->
                                arguments != null && arguments[0] instanceof Consumer
                                        ? InvocationHandler.invokeDefault(proxy, method, arguments)
                                        : around.call(
                                                method.getName(),
                                                arguments == null ? null : arguments[0],
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
