package dev.statuswire.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.processor.work.RunnerFixture;
import dev.statuswire.processor.work.ScriptedTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TimerHandlerTest {

    private final RunnerFixture world =
            new RunnerFixture(
                    ScriptedTypes.quick(ScriptedTypes.counting("one", new AtomicInteger())));
    private final List<DueRequest> timers = new ArrayList<>();
    private final CountedMetrics metrics = new CountedMetrics();
    private final TimerHandler handler =
            new TimerHandler(
                    new TimerHandler.Collaborators(
                            world.store,
                            world.transitions,
                            timers::addAll,
                            FunctionHost.keeping(metrics),
                            world.timeAndRandomness()));

    @Test
    void request_that_is_due_when_its_timer_fires_is_offered() {
        Request request = world.submit("request-1");
        DueRequest due = due(request);
        world.clock.advance(Duration.ofSeconds(61));

        fire(TimerMessage.of(List.of(due)));

        assertThat(world.find(request).version()).isEqualTo(2);
        assertThat(metrics.counted).containsExactly("SWEPT offered");
        assertThat(metrics.timed).containsExactly("OVERDUE offered PT1S", "UNCLAIMED offered PT1M");
    }

    @Test
    void request_whose_lease_was_extended_is_left_alone() {
        Request request = world.submit("request-1");
        DueRequest due = due(request);
        world.clock.advance(Duration.ofSeconds(30));
        Request running =
                world.done(
                        request,
                        world.transitions.claim(
                                request, List.of("one"), Set.of(), world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(30));

        fire(TimerMessage.of(List.of(due)));

        assertThat(world.find(request)).isEqualTo(running);
        assertThat(metrics.counted).isEmpty();
    }

    @Test
    void timer_that_fires_twice_offers_once() {
        Request request = world.submit("request-1");
        String message = TimerMessage.of(List.of(due(request)));
        world.clock.advance(Duration.ofSeconds(60));

        fire(message, message);
        fire(message);

        assertThat(world.find(request).version()).isEqualTo(2);
    }

    @Test
    void timer_that_fires_early_by_this_clock_is_set_again() {
        Request request = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(59));

        fire(TimerMessage.of(List.of(due(request))));

        assertThat(world.find(request)).isEqualTo(request);
        assertThat(timers).containsExactly(due(request));
    }

    @Test
    void invalid_message_does_not_delay_others() {
        Request request = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(60));

        fire("[]", "nonsense", TimerMessage.of(List.of(due(request))));

        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
        assertThat(world.find(request).version()).isEqualTo(2);
    }

    @Test
    void message_is_read_as_it_was_written() {
        var odd =
                new DueRequest(
                        new RequestKey("a\"/\u00e9", "request-1"),
                        due(world.submit("request-2")).dueAt());

        assertThat(TimerMessage.read(TimerMessage.of(List.of(odd)))).contains(List.of(odd));
    }

    private static DueRequest due(Request request) {
        return new DueRequest(request.key(), RunnerFixture.due(request));
    }

    private void fire(String... bodies) {
        var event = new SQSEvent();
        event.setRecords(
                Stream.of(bodies)
                        .map(
                                body -> {
                                    var message = new SQSMessage();
                                    message.setBody(body);
                                    return message;
                                })
                        .toList());
        handler.handleRequest(event, TestContext.ENDLESS);
    }
}
