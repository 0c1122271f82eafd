package dev.statuswire.testkit;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.TypeEnvironment;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The product's context of a step, with the test's fakes and virtual time. Thread-safe. */
final class TestContext<I> implements StepContext<I> {

    private final StepContext<I> context;
    private final World<I> world;
    private final TestProcess<I> process;
    private final String step;

    TestContext(StepContext<I> context, World<I> world, TestProcess<I> process, String step) {
        this.context = context;
        this.world = world;
        this.process = process;
        this.step = step;
    }

    private RequestKey key() {
        return new RequestKey(owner(), requestId());
    }

    @Override
    public I input() {
        return context.input();
    }

    @Override
    public <T> T output(String earlier, Class<T> type) {
        return context.output(earlier, type);
    }

    @Override
    public String owner() {
        return context.owner();
    }

    @Override
    public String requestId() {
        return context.requestId();
    }

    @Override
    public String effectKey() {
        return context.effectKey();
    }

    @Override
    public String effectKey(String other) {
        return context.effectKey(other);
    }

    @Override
    public int attempt() {
        return context.attempt();
    }

    @Override
    public int failures() {
        return context.failures();
    }

    @Override
    public long fencingToken() {
        return context.fencingToken();
    }

    @Override
    public void progress(int percent, String message) {
        process.requireAlive();
        world.journal(key()).report(new TestRequest.Progress(step, percent, message));
        context.progress(percent, message);
    }

    /** Reads each time, because no virtual time passes while a step runs. */
    @Override
    public boolean cancelled() {
        process.requireAlive();
        return context.cancelled()
                || world.find(key())
                        .filter(it -> it.status().unfinished() && !it.cancelRequested())
                        .filter(it -> it.fence() == fencingToken())
                        .isEmpty();
    }

    @Override
    public URI link(String answered) {
        process.requireAlive();
        URI link = context.link(answered);
        world.journal(key()).linked(link);
        return link;
    }

    @Override
    public System.Logger log() {
        return context.log();
    }

    @Override
    public TypeEnvironment environment() {
        return new TestEnvironment(context.environment());
    }

    /** Offers what a process offers, and the fakes instead of what the type would create. */
    private final class TestEnvironment implements TypeEnvironment {

        private final TypeEnvironment environment;

        TestEnvironment(TypeEnvironment environment) {
            this.environment = environment;
        }

        @Override
        public Optional<String> setting(String name) {
            return environment.setting(name);
        }

        @Override
        public <T> T client(Class<T> type) {
            if (type != DynamoDbClient.class) {
                throw new IllegalArgumentException(
                        "a process has no client of "
                                + type.getName()
                                + "; let the type create it with once");
            }
            return fake(type)
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "the test has no fake of DynamoDbClient; add it with"
                                                    + " StatuswireTest.client"));
        }

        @Override
        public <T> T once(Class<T> type, Function<TypeEnvironment, T> create) {
            return fake(type)
                    .or(() -> clock(type))
                    .orElseGet(() -> environment.once(type, inner -> create.apply(this)));
        }

        private <T> Optional<T> fake(Class<T> type) {
            return Optional.ofNullable(world.clients().get(type))
                    .map(fake -> type.cast(process.watched(type, fake)));
        }

        private <T> Optional<T> clock(Class<T> type) {
            return type == Clock.class || type == InstantSource.class
                    ? Optional.of(type.cast(world.time().withZone(ZoneOffset.UTC)))
                    : Optional.empty();
        }
    }
}
