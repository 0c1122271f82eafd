package dev.statuswire.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Await;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

final class BoundedClientTest {

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore answers = new Semaphore(0);
    private final AtomicInteger underWay = new AtomicInteger();
    private final DynamoDbClient client = BoundedClient.of(answering(), 1);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void endCallers() {
        answers.release(1000);
        callers.close();
    }

    /** A database that answers a call for each permit there is. */
    private DynamoDbClient answering() {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (_, _, arguments) -> {
                            order.add(((GetItemRequest) arguments[0]).tableName());
                            underWay.incrementAndGet();
                            answers.acquire();
                            underWay.decrementAndGet();
                            return GetItemResponse.builder().build();
                        });
    }

    private void call(String name) {
        client.getItem(GetItemRequest.builder().tableName(name).build());
    }

    private Thread newCaller(String... names) {
        return Thread.ofVirtual().start(() -> List.of(names).forEach(this::call));
    }

    private static void awaitWaiting(Thread caller) {
        Await.until("it waits", () -> caller.getState() == Thread.State.WAITING);
    }

    @Test
    void no_more_calls_are_under_way_than_may_be() throws InterruptedException {
        Thread first = newCaller("a");
        Await.until("the first is under way", () -> underWay.get() == 1);
        Thread second = newCaller("b");
        awaitWaiting(second);
        assertThat(order).containsExactly("a");
        answers.release(2);
        first.join();
        second.join();
        assertThat(order).containsExactly("a", "b");
    }

    @Test
    void what_was_begun_goes_on_before_all_that_came_meanwhile_is_begun()
            throws InterruptedException {
        var goOn = new CountDownLatch(1);
        Thread begun =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    call("claim");
                                    awaitQuietly(goOn);
                                    call("commit");
                                });
        Await.until("it is under way", () -> underWay.get() == 1);
        List<Thread> later = List.of(newCaller("1"), newCaller("2"), newCaller("3"));
        later.forEach(BoundedClientTest::awaitWaiting);
        answers.release();
        Await.until("a later one is under way", () -> order.size() == 2 && underWay.get() == 1);
        goOn.countDown();
        awaitWaiting(begun);
        answers.release(4);
        begun.join();
        for (Thread one : later) {
            one.join();
        }
        assertThat(order).hasSize(5).startsWith("claim").element(2).isEqualTo("commit");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
