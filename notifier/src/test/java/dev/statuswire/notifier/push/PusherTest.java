package dev.statuswire.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.notifier.connections.Connections;
import dev.statuswire.notifier.connections.Subscription;
import dev.statuswire.notifier.frame.Frame;
import java.util.ArrayList;
import java.util.List;
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
                    new Calls(clock, new Random(1), pause -> {}),
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
        List<String> many = IntStream.range(0, 200).mapToObj(n -> "stuck-" + n).toList();

        FutureTask<?> pushing = start(many, frames(3));
        Await.until("as many as may be", () -> gateway.running.get() >= 96);
        gateway.release.countDown();
        Await.until("the end", pushing::isDone);
        assertThat(gateway.most.get()).isEqualTo(96);
    }

    @Test
    void a_connection_that_cannot_be_closed_keeps_its_row_so_that_the_next_change_tries_again() {
        pusher.push("ann", List.of("broken", "gone"), frames(1));

        assertThat(gateway.closed).containsExactly("broken");
        assertThat(connections.forgotten).containsExactly("gone");
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
        FutureTask<?> task =
                new FutureTask<>(() -> pusher.push("ann", connectionIds, frames), null);
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

    /** Connections called stuck are, the broken one is, the gone one is gone; others are quick. */
    private static final class BlockingGateway implements ConnectionGateway {

        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicInteger quick = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final Set<String> closed = ConcurrentHashMap.newKeySet();

        @Override
        public Answer post(String connectionId, SdkBytes payload) {
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
            }
            quick.incrementAndGet();
            return Answer.DONE;
        }

        @Override
        public Answer close(String connectionId) {
            closed.add(connectionId);
            return Answer.BUSY;
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
