package dev.statuswire.simulator.machine;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/**
 * Creates virtual threads with a custom scheduler. The JDK supports this, but has no public API for
 * it yet, so this requires {@code --add-opens java.base/java.lang=ALL-UNNAMED}. Threads that such a
 * thread starts have the same scheduler, so the code under test does not need to know about it.
 */
final class VirtualThreads {

    private static final Method MAKE = make();

    private VirtualThreads() {}

    static Thread unstarted(Executor scheduler, String name, Runnable task) {
        try {
            return (Thread) MAKE.invoke(null, scheduler, name, 0, task);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "this JDK creates virtual threads differently", changed);
        }
    }

    private static Method make() {
        try {
            Method make =
                    Class.forName("java.lang.ThreadBuilders")
                            .getDeclaredMethod(
                                    "newVirtualThread",
                                    Executor.class,
                                    String.class,
                                    int.class,
                                    Runnable.class);
            make.setAccessible(true);
            return make;
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "this JDK creates virtual threads differently", changed);
        }
    }
}
