package dev.statuswire.notifier.testing;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** Lambda contexts. */
public final class Contexts {

    /** One that no handler of this module may ask for anything. */
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
