package dev.statuswire.emulator.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * An SDK client that wraps another one. Each request passes through {@link #send}, regardless of
 * how the caller makes the call (with a request, a builder's consumer, a paginator or a waiter).
 */
abstract class InterceptedClient<C extends SdkClient> implements InvocationHandler {

    private final C target;

    InterceptedClient(C target) {
        this.target = target;
    }

    /** Handles one request. {@code operation} sends it to the target. */
    abstract Object send(SdkRequest request, Operation operation) throws Throwable;

    /** Sends one request to the target. */
    interface Operation {
        Object invoke() throws Throwable;
    }

    final C as(Class<C> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && arguments[0] instanceof SdkRequest request && !paginates(method)) {
            return send(request, () -> call(target, method, arguments));
        }
        return switch (method.getName()) {
            case "close" -> null;
            case "waiter" -> DynamoDbWaiter.builder().client((DynamoDbClient) proxy).build();
            default ->
                    method.isDefault()
                            ? InvocationHandler.invokeDefault(proxy, method, arguments)
                            : call(target, method, arguments);
        };
    }

    /** Calls the method and throws the exception that it throws. */
    static Object call(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static boolean paginates(Method method) {
        return method.getName().endsWith("Paginator");
    }
}
