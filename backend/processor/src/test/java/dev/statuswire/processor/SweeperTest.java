package dev.statuswire.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.processor.work.FaultyStore;
import dev.statuswire.processor.work.Scripted;
import dev.statuswire.processor.work.TestWorld;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SweeperTest {

    private final TestWorld world =
            new TestWorld(Scripted.quick(Scripted.counting("one", new AtomicInteger())));
    private final Sweeper sweeper =
            new Sweeper(world.memory, world.store, world.transitions, Metrics.NONE, world.clock);

    @Test
    void what_is_not_due_is_left_alone() {
        Request request = world.submit("request-1");

        sweep();

        assertThat(world.find(request)).isEqualTo(request);
    }

    @Test
    void request_whose_record_was_lost_is_offered_again() {
        Request request = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        Request offered = world.find(request);
        assertThat(offered.status()).isEqualTo(Status.ACCEPTED);
        assertThat(offered.version()).isEqualTo(2);
    }

    @Test
    void request_whose_worker_is_dead_is_offered_again() {
        Request running = claim(world.submit("request-1"));
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        assertThat(world.find(running).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void request_to_be_cancelled_whose_worker_is_dead_is_cancelled() {
        Request running = claim(world.submit("request-1"));
        world.done(running, world.transitions.cancelRunning(world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        assertThat(world.find(running).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void request_that_killed_ten_workers_is_given_up() {
        Request request = world.submit("request-1");
        for (int i = 0; i < Request.MAX_ATTEMPTS; i++) {
            claim(world.find(request));
            world.clock.advance(Duration.ofSeconds(60));
            sweep();
        }

        assertThat(world.find(request).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void one_that_cannot_be_swept_keeps_no_other() {
        List<Request> requests = List.of(world.submit("request-1"), world.submit("request-2"));
        world.clock.advance(Duration.ofSeconds(60));
        world.store.failNext("sweep", FaultyStore.Fault.BEFORE);

        sweep();

        assertThat(requests).allMatch(request -> world.find(request).version() == 2);
    }

    private void sweep() {
        sweeper.handleRequest(new ScheduledEvent(), TestContext.ENDLESS);
    }

    private Request claim(Request request) {
        return world.done(
                request, world.transitions.claim(request, List.of("one"), world.clock.instant()));
    }
}
