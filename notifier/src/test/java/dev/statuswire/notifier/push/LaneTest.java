package dev.statuswire.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

final class LaneTest {

    private static final Frame FIRST = frame("first");
    private static final Frame SECOND = frame("second");
    private static final Frame THIRD = frame("third");

    private final List<Frame> tried = new ArrayList<>();
    private final List<Answer> ends = new ArrayList<>();

    @Test
    void every_frame_is_pushed_and_the_connection_stays() {
        lane(true, frame -> Answer.DONE).run();

        assertThat(tried).containsExactly(FIRST, SECOND, THIRD);
        assertThat(ends).isEmpty();
    }

    @Test
    void after_the_first_that_failed_nothing_is_pushed_any_more() {
        lane(true, frame -> frame.equals(FIRST) ? Answer.DONE : Answer.BUSY).run();

        assertThat(tried).containsExactly(FIRST, SECOND);
        assertThat(ends).containsExactly(Answer.BUSY);
    }

    @Test
    void a_second_thread_pushes_nothing_either_and_the_end_is_told_once() {
        Lane lane = lane(true, frame -> Answer.GONE);
        lane.run();
        lane.run();

        assertThat(tried).containsExactly(FIRST);
        assertThat(ends).containsExactly(Answer.GONE);
    }

    @Test
    void two_threads_that_fail_together_tell_the_end_once() {
        AtomicReference<Runnable> other = new AtomicReference<>(() -> {});
        Lane lane =
                lane(
                        true,
                        frame -> {
                            other.getAndSet(() -> {}).run();
                            return Answer.BUSY;
                        });
        other.set(lane::run);
        lane.run();

        assertThat(tried).containsExactly(FIRST, THIRD);
        assertThat(ends).containsExactly(Answer.BUSY);
    }

    @Test
    void a_connection_that_used_up_its_time_is_ended_as_busy() {
        lane(false, frame -> Answer.DONE).run();

        assertThat(tried).isEmpty();
        assertThat(ends).containsExactly(Answer.BUSY);
    }

    /** Of two requests: two frames of one, one of the other. */
    private Lane lane(boolean patient, Function<Frame, Answer> push) {
        return new Lane(
                List.of(List.of(FIRST, SECOND), List.of(THIRD)),
                () -> patient,
                frame -> {
                    tried.add(frame);
                    return push.apply(frame);
                },
                ends::add);
    }

    private static Frame frame(String text) {
        return new Frame(Frame.Kind.STATUS, SdkBytes.fromUtf8String(text), Optional.empty());
    }
}
