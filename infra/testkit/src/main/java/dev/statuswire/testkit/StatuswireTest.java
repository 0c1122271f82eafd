package dev.statuswire.testkit;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.sdk.RequestType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests a request type: runs its steps as Statuswire does, in memory, in virtual time and without
 * threads.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final StatuswireTest<Order> STATUSWIRE =
 *         StatuswireTest.with(new PlaceOrder()).client(Kitchen.class, FakeKitchen::new);
 *
 * @Test
 * void an_order_is_cooked_once() {
 *     var order = STATUSWIRE.submit(new Order(Dish.PASTA, 2)).runUntilIdle();
 *     order.assertSucceeded(new Receipt("2 × PASTA"));
 *     order.crashEverywhere();
 * }
 * }</pre>
 *
 * <p>As a JUnit extension, it starts each test with a new table and new fakes. Without JUnit's
 * annotation, call {@link #reset} for that. Tests that run at the same time must not share an
 * object of this class, so put it into an instance field if JUnit runs the tests of one class in
 * parallel.
 *
 * @param <I> the type of the input
 */
public final class StatuswireTest<I> implements BeforeEachCallback, AfterEachCallback {

    private static final String OWNER = "tester";

    /** No two requests of a JVM have the same effect keys, even if a fake outlives a test. */
    private static final AtomicLong REQUESTS = new AtomicLong();

    private final TestedType<I> type;
    private @Nullable World<I> world;

    private StatuswireTest(TestedType<I> type) {
        this.type = type;
    }

    /**
     * Tests a type. Each process gets an object of its own, which the constructor without
     * parameters creates.
     *
     * @param type an object of the type's class
     * @param <I> the type of the input
     * @return the test of this type
     * @throws dev.statuswire.sdk.InvalidTypeException if the definition, its schema or its example
     *     breaks a rule
     * @throws IllegalArgumentException if the class has another constructor
     */
    public static <I> StatuswireTest<I> with(RequestType<I> type) {
        return withNew(TestedType.another(type));
    }

    /**
     * Tests a type whose objects are created by {@code newType}, once for each process.
     *
     * @param newType creates an object of the type, such as {@code () -> new PlaceOrder(menu)}
     * @param <I> the type of the input
     * @return the test of this type
     * @throws dev.statuswire.sdk.InvalidTypeException if the definition, its schema or its example
     *     breaks a rule
     */
    public static <I> StatuswireTest<I> withNew(Supplier<? extends RequestType<I>> newType) {
        return new StatuswireTest<>(new TestedType<>(newType));
    }

    /**
     * Replaces a client, preferably an interface, by a fake. Steps get the fake from {@code
     * environment().once(client, …)} instead of what they would create, and from {@code
     * environment().client(client)} if Statuswire offers such a client. Call this before the first
     * {@link #submit}.
     *
     * @param client the class of the client, as the steps ask for it
     * @param create creates the fake, once for each test and for each schedule of {@link
     *     TestRequest#crashEverywhere()}. It outlives the processes, as a service does
     * @param <T> the type of the client
     * @return this object
     */
    public <T> StatuswireTest<I> client(Class<T> client, Function<Effects, ? extends T> create) {
        requireUnused();
        type.client(client, create);
        return this;
    }

    /**
     * Sets an environment variable of the processes. Call this before the first {@link #submit}.
     *
     * @param name the name of the variable
     * @param value its value
     * @return this object
     */
    public StatuswireTest<I> setting(String name, String value) {
        requireUnused();
        type.setting(name, value);
        return this;
    }

    private void requireUnused() {
        if (world != null) {
            throw new IllegalStateException("a request was submitted already; call this before");
        }
    }

    /**
     * Submits a request. Its steps run when the test calls a method of the returned object.
     *
     * @param input the input, as a client would submit it
     * @return the request
     * @throws IllegalArgumentException if the API would refuse the input; the message has the
     *     pointers and details of its response
     */
    public TestRequest<I> submit(I input) {
        return submit(input, options -> {});
    }

    /**
     * Submits a request with options.
     *
     * @param input the input, as a client would submit it
     * @param options sets the options, such as {@code options ->
     *     options.notBefore(Duration.ofHours(1))}
     * @return the request
     * @throws IllegalArgumentException if the API would refuse the input
     * @see #submit(Object)
     */
    public TestRequest<I> submit(I input, Consumer<SubmitOptions> options) {
        String json = type.json(input);
        var chosen = new SubmitOptions();
        options.accept(chosen);
        var key = new RequestKey(OWNER, "request-%06d".formatted(REQUESTS.incrementAndGet()));
        world().submit(key, json, chosen.at(world().time().instant()), new Journal());
        return new TestRequest<>(world(), key);
    }

    /** {@return the effects of all requests of this test} */
    public Effects effects() {
        return world().effects();
    }

    /**
     * {@return the fake of a client, which this test's requests call}
     *
     * @param client the class of the client, as it was passed with the fake
     * @param <T> the type of the client
     * @throws IllegalArgumentException if there is none
     */
    public <T> T client(Class<T> client) {
        Map<Class<?>, Object> all = world().clients();
        if (!all.containsKey(client)) {
            throw new IllegalArgumentException("no fake of " + client.getName() + " was added");
        }
        return client.cast(all.get(client));
    }

    private World<I> world() {
        World<I> current = world;
        if (current == null) {
            String life = "life-" + REQUESTS.incrementAndGet();
            current = new World<>(type, life, 0, false, (started, process, moment) -> {});
            world = current;
        }
        return current;
    }

    /** Forgets all requests and fakes, and closes what the type has created. */
    public void reset() {
        World<I> last = world;
        world = null;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        reset();
    }
}
