package dev.statuswire.simulator.machine;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/**
 * Virtual threads with a scheduler of one's own. The JDK has them, but no public way to them yet:
 * it needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}. Threads that such a thread starts
 * have the same scheduler, so the code under test need not know.
 */
final class VirtualThreads {

    private static final Method MAKE = make();

    private VirtualThreads() {}

    static Thread unstarted(Executor scheduler, String name, Runnable task) {
        try {
            return (Thread) MAKE.invoke(null, scheduler, name, 0, task);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this JDK makes virtual threads otherwise", changed);
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
            throw new IllegalStateException("this JDK makes virtual threads otherwise", changed);
        }
    }
}
