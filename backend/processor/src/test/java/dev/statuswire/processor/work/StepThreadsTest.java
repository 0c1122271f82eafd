package dev.statuswire.processor.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Await;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StepThreadsTest {

    private final Executor pool = StepThreads.newPool();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Test
    void steps_run_on_platform_threads_and_idle_threads_are_reused() throws Exception {
        for (int n = 0; n < 50; n++) {
            var ran = new CountDownLatch(1);
            pool.execute(
                    () -> {
                        threads.add(Thread.currentThread());
                        ran.countDown();
                    });
            ran.await();
            Await.until(
                    "idle",
                    () ->
                            threads.stream()
                                    .allMatch(it -> it.getState() == Thread.State.TIMED_WAITING));
        }

        assertThat(threads).hasSize(1).noneMatch(Thread::isVirtual);
    }

    @Test
    void steps_beyond_the_maximum_wait_for_a_free_thread() throws Exception {
        var release = new CountDownLatch(1);
        var ran = new AtomicInteger();
        var started = new CountDownLatch(StepThreads.MOST);
        for (int n = 0; n < StepThreads.MOST + 20; n++) {
            pool.execute(
                    () -> {
                        started.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        ran.incrementAndGet();
                    });
        }
        started.await();
        assertThat(ran).hasValue(0);

        release.countDown();

        Await.until("all to have run", () -> ran.get() == StepThreads.MOST + 20);
    }
}
