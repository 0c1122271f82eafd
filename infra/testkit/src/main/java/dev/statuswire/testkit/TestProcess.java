package dev.statuswire.testkit;

import dev.statuswire.core.link.Links;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.SubmitOutcome;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.StepLinks;
import dev.statuswire.processor.work.TimeLeft;
import dev.statuswire.sdk.Definition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process with one object of the type. The product's {@link RequestRunner} runs the steps, on the
 * calling thread.
 */
final class TestProcess<I> {

    /** Steps take no virtual time. */
    private static final TimeLeft ENOUGH = new TimeLeft(() -> Duration.ofMinutes(14), false);

    private final World<I> world;
    private final Definition<I> definition;
    private final TypeEnvironments environments;
    private final RequestRunner runner;
    private final Map<Class<?>, Object> watched = new ConcurrentHashMap<>();
    private volatile boolean crashed;

    /**
     * @param definition that of the process's object of the type
     */
    TestProcess(World<I> world, Definition<I> definition) {
        this.world = world;
        this.definition = definition;
        this.environments =
                new TypeEnvironments(new Environment(world.type().settings()), Map.of());
        this.runner =
                new RequestRunner(
                        new Store(),
                        world.transitions(),
                        RequestTypes.of(List.of(new ObservedType<>(world, this).of(definition))),
                        environments,
                        new StepLinks(
                                new Links(
                                        world.links(),
                                        new Store(),
                                        world.transitions(),
                                        new SecureRandom(),
                                        world.time()),
                                () -> Optional.of(MemoryLinks.PAGE)),
                        Metrics.NONE,
                        new TimeAndRandomness(
                                world.time(), world.random(), world.time()::awaitPermit),
                        Runnable::run);
    }

    /** The process has died. Nothing catches this but the world. */
    static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process has crashed", null, false, false);
        }
    }

    Definition<I> definition() {
        return definition;
    }

    /** Kills the process: from now on, it can do nothing any more. */
    void crash() {
        crashed = true;
        requireAlive();
    }

    /**
     * @throws Crash if the process has died
     */
    void requireAlive() {
        if (crashed) {
            throw new Crash();
        }
    }

    /**
     * Called at each moment at which the process may die.
     *
     * @throws Crash if it has died before, or dies now
     */
    void reached(String moment) {
        requireAlive();
        world.reached(this, moment);
    }

    /** Processes a request as the stream processor or the worker does. */
    void run(Request seen) {
        try {
            runner.run(seen, ENOUGH);
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    /** Processes a request that is delivered for the first time. */
    void runNew(Request seen) {
        try {
            runner.runNew(seen, ENOUGH);
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private static IllegalStateException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the test's thread was interrupted", stopped);
    }

    void close() {
        environments.close();
    }

    /**
     * Returns the fake of a client, as the steps of this process see it. The process may die before
     * and after each call, but not during it, because a service does not die with its caller. If
     * the client is a class, it is only the fake.
     */
    Object watched(Class<?> client, Object fake) {
        return client.isInterface() && !client.isSealed()
                ? watched.computeIfAbsent(client, key -> newProxy(client, fake))
                : fake;
    }

    private Object newProxy(Class<?> client, Object fake) {
        return Proxy.newProxyInstance(
                client.getClassLoader(),
                new Class<?>[] {client},
                (proxy, method, arguments) -> {
                    method.trySetAccessible();
                    String call = client.getSimpleName() + "." + method.getName();
                    reached("before the call " + call);
                    try {
                        return method.invoke(fake, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw Objects.requireNonNull(thrown.getCause());
                    } finally {
                        reached("after the call " + call);
                    }
                });
    }

    /** The table as this process sees it. */
    private final class Store implements RequestStore {

        @Override
        public WriteOutcome apply(RequestKey key, Transition transition) {
            reached("before the write \"" + transition.name() + "\"");
            WriteOutcome outcome = world.apply(key, transition);
            reached("after the write \"" + transition.name() + "\"");
            return outcome;
        }

        @Override
        public Optional<Request> delete(RequestKey key, Condition condition) {
            throw onlyProcesses();
        }

        @Override
        public Optional<Request> find(RequestKey key) {
            requireAlive();
            return world.find(key);
        }

        @Override
        public SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
            throw onlyProcesses();
        }

        @Override
        public Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now) {
            throw onlyProcesses();
        }

        @Override
        public RequestPage list(ListQuery query) {
            throw onlyProcesses();
        }

        private static UnsupportedOperationException onlyProcesses() {
            return new UnsupportedOperationException("this store only processes requests");
        }
    }
}
