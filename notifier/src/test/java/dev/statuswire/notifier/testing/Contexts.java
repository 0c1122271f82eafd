package dev.statuswire.notifier.testing;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** Lambda contexts for tests. */
public final class Contexts {

    /** A context whose methods throw, because no handler of this module uses its context. */
    public static final Context NONE =
            (Context)
                    Proxy.newProxyInstance(
                            Contexts.class.getClassLoader(),
                            new Class<?>[] {Context.class},
                            (proxy, method, arguments) -> {
                                throw new UnsupportedOperationException(method.getName());
                            });

    private Contexts() {}
}
