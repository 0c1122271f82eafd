package dev.statuswire.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.live.Topic;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.connections.SubscribeOutcome;
import dev.statuswire.notifier.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** Uses a gateway that blocks until it is released, so that no test depends on timing. */
final class PusherTest {

    private final BlockingGateway gateway = new BlockingGateway();
    private final NoConnections connections = new NoConnections();
    private final ManualClock clock = new ManualClock();
    private final ManualClock steady = new ManualClock();
    private final Pusher pusher =
            new Pusher(
                    gateway,
                    connections,
                    Metrics.NONE,
                    new TimeAndRandomness(
                            clock, steady, new Random(1), (signal, longest) -> false));

    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void release() {
        gateway.release.countDown();
    }

    @Test
    void a_connection_that_hangs_does_not_delay_others_even_among_very_many() {
        List<String> many = new ArrayList<>(List.of("stuck-1", "stuck-2", "stuck-3"));
        IntStream.range(0, 300).forEach(number -> many.add("quick-" + number));

        FutureTask<?> pushing = start(many, frames(20));
        Await.until("all others have all", () -> gateway.quick.get() == 300 * 20);
        assertThat(pushing.isDone()).isFalse();
        gateway.release.countDown();
        Await.until("the end", pushing::isDone);
        assertThat(gateway.closed).isEmpty();
    }

    @Test
    void concurrent_pushes_are_limited() {
        List<String> many = IntStream.range(0, 600).mapToObj(n -> "stuck-" + n).toList();

        FutureTask<?> pushing = start(many, frames(3));
        Await.until("as many as may be", () -> gateway.running.get() >= RetryingGateway.AT_ONCE);
        gateway.release.countDown();
        Await.until("the end", pushing::isDone);
        assertThat(gateway.most.get()).isEqualTo(RetryingGateway.AT_ONCE);
    }

    @Test
    void many_hanging_connections_do_not_delay_others() {
        List<String> many = new ArrayList<>();
        IntStream.range(0, 110).forEach(number -> many.add("stuck-" + number));
        IntStream.range(0, 300).forEach(number -> many.add("quick-" + number));

        FutureTask<?> first = start(many, frames(4));
        FutureTask<?> second = start(many, frames(4));
        Await.until("all others have all", () -> gateway.quick.get() == 2 * 300 * 4);
        Await.until("one call for each that hangs", () -> gateway.running.get() == 110);
        assertThat(first.isDone() || second.isDone()).isFalse();
    }

    @Test
    void a_connection_that_cannot_be_closed_keeps_its_row_and_the_batch_is_redelivered() {
        boolean enough = pusher.push(Topic.ofOwner("ann"), List.of("broken", "gone"), frames(1));

        assertThat(enough).isFalse();
        assertThat(gateway.closed)
                .as("three attempts")
                .containsExactly("broken", "broken", "broken");
        assertThat(connections.forgotten).containsExactly("gone");
    }

    @Test
    void a_connection_that_did_not_respond_in_time_is_called_once_and_closed() {
        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("silent", "quick"), frames(20)))
                .isTrue();

        assertThat(gateway.posts("silent")).isEqualTo(1);
        assertThat(gateway.closed).containsExactly("silent");
        assertThat(connections.forgotten).containsExactly("silent");
        assertThat(gateway.quick).hasValue(20);
    }

    @Test
    void later_batches_only_close_a_connection_that_is_silent_while_others_respond() {
        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("dead", "quick"), frames(20)))
                .isTrue();
        assertThat(connections.forgotten).isEmpty();
        gateway.closed.clear();
        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("dead", "quick"), frames(20)))
                .isTrue();

        assertThat(gateway.posts("dead")).isEqualTo(1);
        assertThat(gateway.closed).containsExactly("dead");
        assertThat(gateway.quick).hasValue(40);
    }

    @Test
    void a_connection_that_could_not_be_closed_is_remembered_no_longer_than_connections_live() {
        pusher.push(Topic.ofOwner("ann"), List.of("dead", "quick"), frames(1));
        clock.advance(Duration.ofHours(2));
        pusher.push(Topic.ofOwner("ann"), List.of("dead", "quick"), frames(1));
        assertThat(gateway.posts("dead")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(11));
        pusher.push(Topic.ofOwner("ann"), List.of("dead", "quick"), frames(1));
        assertThat(gateway.posts("dead")).isEqualTo(2);
    }

    @Test
    void the_batch_is_redelivered_if_no_connection_responds() {
        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("dead-1", "dead-2"), frames(1)))
                .isFalse();
        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("dead-1", "dead-2"), frames(1)))
                .isFalse();

        assertThat(gateway.posts("dead-1")).isEqualTo(2);
    }

    @Test
    void an_interrupted_batch_fails() {
        FutureTask<?> pushing = start(List.of("stuck"), frames(1));
        Await.until("it is stuck", () -> gateway.running.get() == 1);
        threads.forEach(Thread::interrupt);
        Await.until("the end", pushing::isDone);

        assertThat(pushing.exceptionNow()).hasMessageContaining("interrupted");
    }

    @Test
    void versions_of_a_request_arrive_in_order_and_each_connection_gets_all() {
        List<List<Frame>> batch =
                List.of(
                        List.of(frame("a1"), frame("a2"), frame("a3")),
                        List.of(frame("b1"), frame("b2")),
                        List.of(frame("c1")));

        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("one", "two"), batch)).isTrue();

        for (String id : List.of("one", "two")) {
            assertThat(gateway.frames(id))
                    .containsSubsequence("a1", "a2", "a3")
                    .containsSubsequence("b1", "b2")
                    .hasSize(6);
        }
    }

    @Test
    void after_the_first_frame_that_failed_no_later_one_is_pushed() {
        gateway.failing.put("slow", "a2");
        List<List<Frame>> batch =
                List.of(List.of(frame("a1"), frame("a2"), frame("a3")), List.of());

        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("slow"), batch)).isTrue();

        assertThat(gateway.frames("slow")).containsExactly("a1", "a2", "a2", "a2");
        assertThat(gateway.closes("slow")).isEqualTo(1);
        assertThat(connections.forgotten).containsExactly("slow");
    }

    @Test
    void connection_whose_calls_took_20_seconds_in_a_batch_is_closed() {
        gateway.onPost =
                id -> {
                    if (id.equals("slow")) {
                        steady.advance(Duration.ofSeconds(2));
                    }
                };

        assertThat(pusher.push(Topic.ofOwner("ann"), List.of("slow"), frames(30))).isTrue();

        assertThat(gateway.posts("slow")).isBetween(10, 9 + LiveConnection.AT_ONCE);
        assertThat(gateway.closes("slow")).isEqualTo(1);
        assertThat(connections.forgotten).containsExactly("slow");
    }

    @Test
    void connection_that_fails_in_several_threads_at_once_is_closed_once() {
        gateway.failing.put("slow", "stuck together");
        List<List<Frame>> batch = new ArrayList<>(List.of(List.of(frame("first"))));
        IntStream.range(0, 8).forEach(_ -> batch.add(List.of(frame("stuck together"))));

        FutureTask<?> pushing = start(List.of("slow"), batch);
        Await.until("all at once", () -> gateway.running.get() == LiveConnection.AT_ONCE);
        gateway.release.countDown();
        Await.until("the end", pushing::isDone);

        assertThat(gateway.closes("slow")).isEqualTo(1);
    }

    private FutureTask<?> start(List<String> connectionIds, List<List<Frame>> frames) {
        FutureTask<?> task =
                new FutureTask<>(() -> pusher.push(Topic.ofOwner("ann"), connectionIds, frames));
        threads.add(Thread.startVirtualThread(task));
        return task;
    }

    private static List<List<Frame>> frames(int requests) {
        return IntStream.range(0, requests)
                .mapToObj(number -> List.of(frame("" + number)))
                .toList();
    }

    private static Frame frame(String text) {
        return new Frame(Frame.Kind.STATUS, SdkBytes.fromUtf8String(text), Optional.empty());
    }

    /**
     * A gateway that treats connections by their names. Calls to {@code stuck} connections, and
     * calls with {@code stuck} frames, block until they are released. Pushes to {@code silent}
     * connections time out; for {@code dead} connections, closes time out too. {@code broken}
     * connections are busy, {@code gone} ones no longer exist, and all others respond at once.
     */
    private static final class BlockingGateway implements ApiGatewayManagementApiClient {

        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicInteger quick = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final List<String> closed = new CopyOnWriteArrayList<>();
        private final Map<String, List<String>> frames = new ConcurrentHashMap<>();

        /** The frame that is throttled, by connection. */
        private final Map<String, String> failing = new ConcurrentHashMap<>();

        private Consumer<String> onPost = id -> {};

        int posts(String connectionId) {
            return frames(connectionId).size();
        }

        List<String> frames(String connectionId) {
            return frames.getOrDefault(connectionId, List.of());
        }

        long closes(String connectionId) {
            return closed.stream().filter(connectionId::equals).count();
        }

        @Override
        public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
            String frame = request.data().asUtf8String();
            frames.computeIfAbsent(request.connectionId(), _ -> new CopyOnWriteArrayList<>())
                    .add(frame);
            onPost.accept(request.connectionId());
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                respond(request.connectionId(), frame);
                return PostToConnectionResponse.builder().build();
            } finally {
                running.decrementAndGet();
            }
        }

        private void respond(String connectionId, String frame) {
            if (connectionId.startsWith("stuck") || frame.startsWith("stuck")) {
                awaitRelease();
            }
            if (connectionId.equals("broken") || frame.equals(failing.get(connectionId))) {
                throw status(429);
            } else if (connectionId.equals("gone")) {
                throw status(410);
            } else if (connectionId.startsWith("silent") || connectionId.startsWith("dead")) {
                throw ApiCallTimeoutException.create(4000);
            }
            quick.incrementAndGet();
        }

        private void awaitRelease() {
            try {
                release.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted", stopping);
            }
        }

        private static SdkException status(int code) {
            return AwsServiceException.builder().statusCode(code).build();
        }

        @Override
        public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
            closed.add(request.connectionId());
            if (request.connectionId().startsWith("dead")) {
                throw ApiCallTimeoutException.create(4000);
            } else if (request.connectionId().equals("broken")) {
                throw status(429);
            }
            return DeleteConnectionResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static final class NoConnections implements ConnectionStore {

        private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

        @Override
        public SubscribeOutcome subscribe(Topic topic, String connectionId) {
            return SubscribeOutcome.TOO_MANY;
        }

        @Override
        public void unsubscribe(Topic topic, String connectionId) {
            forgotten.add(connectionId);
        }

        @Override
        public List<String> subscribers(Topic topic) {
            return List.of();
        }
    }
}
