package dev.statuswire.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.notifier.connections.Connections;
import dev.statuswire.notifier.connections.Subscription;
import dev.statuswire.notifier.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** With a gateway that blocks until it is told, so that nothing here depends on time. */
final class PusherTest {

    private final BlockingGateway gateway = new BlockingGateway();
    private final NoConnections connections = new NoConnections();
    private final ManualClock clock = new ManualClock();
    private final Pusher pusher =
            new Pusher(
                    gateway,
                    connections,
                    new Calls(new TimeAndChance(clock, new Random(1), (signal, longest) -> false)),
                    Metrics.NONE,
                    clock);

    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void release() {
        gateway.release.countDown();
    }

    @Test
    void a_connection_that_hangs_delays_no_other_even_among_very_many() {
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
    void pushes_at_once_are_bounded() {
        List<String> many = IntStream.range(0, 600).mapToObj(n -> "stuck-" + n).toList();

        FutureTask<?> pushing = start(many, frames(3));
        Await.until("as many as may be", () -> gateway.running.get() >= Calls.AT_ONCE);
        gateway.release.countDown();
        Await.until("the end", pushing::isDone);
        assertThat(gateway.most.get()).isEqualTo(Calls.AT_ONCE);
    }

    @Test
    void many_that_hang_at_once_delay_no_other() {
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
    void a_connection_that_cannot_be_closed_keeps_its_row_and_the_batch_comes_again() {
        boolean enough = pusher.push("ann", List.of("broken", "gone"), frames(1));

        assertThat(enough).isFalse();
        assertThat(gateway.closed).containsExactly("broken");
        assertThat(connections.forgotten).containsExactly("gone");
    }

    @Test
    void a_connection_that_did_not_answer_in_time_is_called_once_and_closed() {
        assertThat(pusher.push("ann", List.of("silent", "quick"), frames(20))).isTrue();

        assertThat(gateway.posts("silent")).isEqualTo(1);
        assertThat(gateway.closed).containsExactly("silent");
        assertThat(connections.forgotten).containsExactly("silent");
        assertThat(gateway.quick).hasValue(20);
    }

    @Test
    void a_connection_that_is_silent_while_others_answer_is_only_closed_from_then_on() {
        assertThat(pusher.push("ann", List.of("dead", "quick"), frames(20))).isTrue();
        assertThat(connections.forgotten).isEmpty();
        gateway.closed.clear();
        assertThat(pusher.push("ann", List.of("dead", "quick"), frames(20))).isTrue();

        assertThat(gateway.posts("dead")).isEqualTo(1);
        assertThat(gateway.closed).containsExactly("dead");
        assertThat(gateway.quick).hasValue(40);
    }

    @Test
    void a_connection_that_could_not_be_closed_is_remembered_no_longer_than_connections_live() {
        pusher.push("ann", List.of("dead", "quick"), frames(1));
        clock.advance(Duration.ofHours(2));
        pusher.push("ann", List.of("dead", "quick"), frames(1));
        assertThat(gateway.posts("dead")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(11));
        pusher.push("ann", List.of("dead", "quick"), frames(1));
        assertThat(gateway.posts("dead")).isEqualTo(2);
    }

    @Test
    void the_batch_comes_again_where_nobody_answers() {
        assertThat(pusher.push("ann", List.of("dead-1", "dead-2"), frames(1))).isFalse();
        assertThat(pusher.push("ann", List.of("dead-1", "dead-2"), frames(1))).isFalse();

        assertThat(gateway.posts("dead-1")).isEqualTo(2);
    }

    @Test
    void whoever_is_interrupted_says_so_and_the_batch_comes_again() {
        FutureTask<?> pushing = start(List.of("stuck"), frames(1));
        Await.until("it is stuck", () -> gateway.running.get() == 1);
        threads.forEach(Thread::interrupt);
        Await.until("the end", pushing::isDone);

        assertThat(pushing.exceptionNow()).hasMessageContaining("comes again");
    }

    private FutureTask<?> start(List<String> connectionIds, List<List<Frame>> frames) {
        FutureTask<?> task = new FutureTask<>(() -> pusher.push("ann", connectionIds, frames));
        threads.add(Thread.startVirtualThread(task));
        return task;
    }

    private static List<List<Frame>> frames(int requests) {
        return IntStream.range(0, requests)
                .mapToObj(
                        number ->
                                List.of(
                                        new Frame(
                                                Frame.Kind.STATUS,
                                                SdkBytes.fromUtf8String("" + number),
                                                Optional.empty())))
                .toList();
    }

    /**
     * Connections called stuck are, and so with the others' names; dead ones are silent even to a
     * close, broken ones busy. What has no such name is quick.
     */
    private static final class BlockingGateway implements ConnectionGateway {

        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicInteger quick = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final Set<String> closed = ConcurrentHashMap.newKeySet();
        private final Map<String, Integer> posts = new ConcurrentHashMap<>();

        int posts(String connectionId) {
            return posts.getOrDefault(connectionId, 0);
        }

        @Override
        public Answer post(String connectionId, SdkBytes payload) {
            posts.merge(connectionId, 1, Integer::sum);
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return answer(connectionId);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return Answer.BUSY;
            } finally {
                running.decrementAndGet();
            }
        }

        private Answer answer(String connectionId) throws InterruptedException {
            if (connectionId.startsWith("stuck")) {
                release.await();
            } else if (connectionId.equals("broken")) {
                return Answer.BUSY;
            } else if (connectionId.equals("gone")) {
                return Answer.GONE;
            } else if (connectionId.startsWith("silent") || connectionId.startsWith("dead")) {
                return Answer.SILENT;
            }
            quick.incrementAndGet();
            return Answer.DONE;
        }

        @Override
        public Answer close(String connectionId) {
            closed.add(connectionId);
            return switch (connectionId.substring(0, 4)) {
                case "sile" -> Answer.DONE;
                case "dead" -> Answer.SILENT;
                default -> Answer.BUSY;
            };
        }
    }

    private static final class NoConnections implements Connections {

        private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

        @Override
        public Subscription subscribe(String owner, String connectionId) {
            return Subscription.TOO_MANY;
        }

        @Override
        public void unsubscribe(String owner, String connectionId) {
            forgotten.add(connectionId);
        }

        @Override
        public List<String> subscribers(String owner) {
            return List.of();
        }
    }
}
