package dev.statuswire.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.push.ConnectionGateway.CallResult;
import dev.statuswire.notifier.push.RetryingGateway.TimeBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetryingGatewayTest {

    private final ManualClock clock = new ManualClock();
    private final ManualClock steady = new ManualClock();
    private final List<Duration> pauses = new ArrayList<>();
    private final RetryingGateway calls =
            new RetryingGateway(
                    new TimeAndRandomness(
                            clock,
                            steady,
                            new Random(1),
                            (signal, longest) -> !pauses.add(longest)));
    private final TimeBudget timeBudget = new TimeBudget(Duration.ofSeconds(5));

    @Test
    void a_successful_call_is_made_once() {
        assertThat(resultOf(CallResult.DONE)).isEqualTo(CallResult.DONE);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_gone_refused_or_silent_call_is_not_retried() {
        assertThat(resultOf(CallResult.GONE)).isEqualTo(CallResult.GONE);
        assertThat(resultOf(CallResult.REFUSED)).isEqualTo(CallResult.REFUSED);
        assertThat(resultOf(CallResult.SILENT)).isEqualTo(CallResult.SILENT);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_busy_call_is_tried_three_times_at_most() {
        assertThat(resultOf(CallResult.BUSY, CallResult.DONE)).isEqualTo(CallResult.DONE);
        assertThat(resultOf(CallResult.BUSY, CallResult.BUSY, CallResult.DONE))
                .isEqualTo(CallResult.DONE);
        assertThat(resultOf(CallResult.BUSY, CallResult.BUSY, CallResult.BUSY))
                .isEqualTo(CallResult.BUSY);
    }

    @Test
    void silence_counts_as_busy_if_all_calls_are_slow() {
        for (int n = 0; n < 20; n++) {
            var slow =
                    calls.call(
                            () -> {
                                steady.advance(Duration.ofSeconds(1));
                                return CallResult.DONE;
                            },
                            new TimeBudget(Duration.ofSeconds(5)));
            assertThat(slow).isEqualTo(CallResult.DONE);
        }
        assertThat(resultOf(CallResult.SILENT, CallResult.DONE)).isEqualTo(CallResult.DONE);
        for (int n = 0; n < 100; n++) {
            assertThat(resultOf(CallResult.DONE)).isEqualTo(CallResult.DONE);
        }
        assertThat(resultOf(CallResult.SILENT)).isEqualTo(CallResult.SILENT);
    }

    @Test
    void pauses_have_full_jitter_up_to_50_and_200_milliseconds() {
        for (int i = 0; i < 1000; i++) {
            var ignored = resultOf(CallResult.BUSY, CallResult.BUSY, CallResult.BUSY);
        }
        List<Long> firsts = new ArrayList<>();
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < pauses.size(); i += 2) {
            firsts.add(pauses.get(i).toMillis());
            seconds.add(pauses.get(i + 1).toMillis());
        }

        assertThat(firsts).hasSize(1000).contains(0L, 50L).allMatch(millis -> millis <= 50);
        assertThat(seconds).hasSize(1000).anyMatch(millis -> millis > 190);
        assertThat(seconds).allMatch(millis -> millis >= 0 && millis <= 200);
    }

    @Test
    void there_is_no_retry_once_the_time_budget_is_used_up() {
        CallResult result =
                calls.call(
                        () -> {
                            steady.advance(Duration.ofSeconds(5));
                            return CallResult.BUSY;
                        },
                        timeBudget);

        assertThat(result).isEqualTo(CallResult.BUSY);
        assertThat(timeBudget.isLeft()).isFalse();
        assertThat(pauses).isEmpty();
    }

    @Test
    void setting_the_wall_clock_forward_during_a_call_uses_no_time_budget() {
        for (int n = 0; n < 20; n++) {
            callDuringWhichTheWallClockIsSetBy(Duration.ofHours(1));
        }
        assertThat(timeBudget.isLeft()).isTrue();
        assertThat(resultOf(CallResult.SILENT)).as("others are quick").isEqualTo(CallResult.SILENT);
    }

    @Test
    void setting_the_wall_clock_back_during_a_call_adds_no_time_budget() {
        callDuringWhichTheWallClockIsSetBy(Duration.ofHours(-1));
        assertThat(timeBudget.isLeft()).isTrue();
        var slow =
                calls.call(
                        () -> {
                            steady.advance(Duration.ofSeconds(5));
                            return CallResult.BUSY;
                        },
                        timeBudget);
        assertThat(slow).isEqualTo(CallResult.BUSY);
        assertThat(timeBudget.isLeft()).isFalse();
    }

    private void callDuringWhichTheWallClockIsSetBy(Duration time) {
        CallResult result =
                calls.call(
                        () -> {
                            clock.advance(time);
                            return CallResult.DONE;
                        },
                        timeBudget);
        assertThat(result).isEqualTo(CallResult.DONE);
    }

    /**
     * Returns the result of calls that give these results. Fails if more or fewer calls are made.
     */
    private CallResult resultOf(CallResult... results) {
        Iterator<CallResult> next = List.of(results).iterator();
        CallResult last = calls.call(next::next, timeBudget);
        assertThat(next.hasNext()).isFalse();
        return last;
    }
}
