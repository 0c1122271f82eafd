package dev.statuswire.client;

import static dev.statuswire.client.ReadSchedule.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.client.ProblemResponseException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadScheduleTest {

    @SuppressWarnings("StaticAssignmentOfThrowable") // nothing reads its trace
    private static final NoResponseException NO_RESPONSE = new NoResponseException("none", null);

    private double random = 0.5;
    private final ReadSchedule schedule = new ReadSchedule(() -> random);
    private long now = 1_000_000;

    private static ProblemResponseException problem(int status, @Nullable Duration retryAfter) {
        return new ProblemResponseException(
                new Problem("about:blank", "A problem", status, null, null, List.of()), retryAfter);
    }

    /** Advances to the next read, which is the only one, starts it, and returns the wait before. */
    private long next() {
        long before = now;
        now = schedule.nextStart();
        assertThat(schedule.start(now - 1)).isEmpty();
        assertThat(schedule.start(now)).hasSize(1);
        return now - before;
    }

    private void read(String name, boolean changed) {
        schedule.succeeded(name, changed, now);
    }

    @Test
    void urgent_read_starts_at_once_and_others_after_a_second() {
        schedule.want("a", true, now);
        schedule.want("b", false, now);

        assertThat(schedule.start(now)).containsExactly("a");
        assertThat(next()).isEqualTo(1000);
    }

    @Test
    void unchanged_request_is_polled_less_and_less_often_until_it_changes() {
        schedule.want("a", true, now);
        next();
        List<Long> waits = new ArrayList<>();
        for (int times = 0; times < 7; times++) {
            read("a", false);
            waits.add(next());
        }
        assertThat(waits).containsExactly(1500L, 2250L, 3375L, 5062L, 7593L, 10_000L, 10_000L);

        read("a", true);
        assertThat(next()).isEqualTo(1000);
    }

    @Test
    void list_is_polled_at_least_every_four_seconds() {
        schedule.want(LIST, true, now);
        next();
        for (int times = 0; times < 9; times++) {
            read(LIST, false);
            assertThat(next()).isBetween(1000L, 4000L);
        }
    }

    @Test
    void times_are_spread_by_a_tenth() {
        schedule.want("a", true, now);
        next();
        random = 0;
        read("a", true);
        assertThat(next()).isEqualTo(900);
        random = 0.999;
        read("a", true);
        assertThat(next()).isBetween(1090L, 1100L);
    }

    @Test
    void with_a_socket_requests_are_read_every_minute_and_the_list_every_five() {
        schedule.setLive(true, now);
        schedule.want("a", true, now);
        next();
        read("a", false);
        assertThat(next()).isEqualTo(60_000);
        schedule.unwant("a");
        read("a", false);

        schedule.want(LIST, true, now);
        next();
        read(LIST, true);
        assertThat(next()).isEqualTo(300_000);
    }

    @Test
    void everything_is_read_once_the_socket_is_there_also_what_is_being_read() {
        schedule.want("a", true, now);
        schedule.want("b", false, now);
        schedule.start(now);

        schedule.setLive(true, now);
        assertThat(schedule.start(now)).containsExactly("b");
        read("a", true);

        assertThat(schedule.start(now)).containsExactly("a");
    }

    @Test
    void everything_is_read_within_a_second_after_the_socket_is_lost() {
        schedule.setLive(true, now);
        schedule.want("a", false, now);

        schedule.setLive(false, now);

        assertThat(next()).isEqualTo(500);
    }

    @Test
    void urgent_read_of_what_is_being_read_starts_after_it() {
        schedule.want("a", true, now);
        schedule.start(now);

        schedule.want("a", true, now);
        assertThat(schedule.start(now)).isEmpty();
        read("a", false);

        assertThat(schedule.start(now)).containsExactly("a");
    }

    @Test
    void at_most_four_reads_run_at_a_time() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            schedule.want(name, true, now);
        }

        assertThat(schedule.start(now)).containsExactly("a", "b", "c", "d");
        assertThat(schedule.start(now)).isEmpty();
        assertThat(schedule.nextStart()).isEqualTo(Long.MAX_VALUE);
        read("b", true);
        assertThat(schedule.start(now)).containsExactly("e");
    }

    @Test
    void what_is_no_longer_wanted_is_not_read() {
        schedule.want("a", true, now);
        schedule.want("b", true, now);
        schedule.unwant("b");
        assertThat(schedule.start(now)).containsExactly("a");

        schedule.unwant("a");
        read("a", true);

        assertThat(schedule.nextStart()).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.isIdle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 20, 20000",
        "429, 86400, 60000",
        "404, , 1000",
        "500, , 1000",
        "503, 7, 7000"
    })
    void refused_read_is_repeated_after_retry_after_and_a_backoff(
            int status, @Nullable Integer seconds, long wait) {
        schedule.want("a", true, now);
        next();

        schedule.failed(
                "a", problem(status, seconds == null ? null : Duration.ofSeconds(seconds)), now);
        schedule.want("a", true, now);

        assertThat(next()).isEqualTo(wait);
    }

    @Test
    void refused_read_does_not_delay_others_but_an_outage_does() {
        schedule.want("a", true, now);
        schedule.want("b", true, now);
        schedule.start(now);
        schedule.failed("a", problem(429, Duration.ofSeconds(30)), now);
        schedule.want("c", true, now);
        assertThat(schedule.start(now)).containsExactly("c");
        read("c", true);

        schedule.failed("b", NO_RESPONSE, now);
        schedule.want("d", true, now);

        assertThat(schedule.start(now)).isEmpty();
    }

    @Test
    void during_an_outage_one_read_at_a_time_is_tried_at_least_every_ten_seconds() {
        random = 0.999;
        for (String name : List.of("a", "b", "c", "d")) {
            schedule.want(name, true, now);
        }
        schedule.start(now);
        List.of("a", "b", "c", "d").forEach(name -> schedule.failed(name, NO_RESPONSE, now));
        for (int times = 0; times < 20; times++) {
            assertThat(nextWait()).isLessThanOrEqualTo(10_000);
            List<String> started = schedule.start(now);
            assertThat(started).hasSize(1);
            schedule.failed(started.get(0), NO_RESPONSE, now);
        }

        nextWait();
        read(schedule.start(now).get(0), true);
        now += 10_000;

        assertThat(schedule.start(now)).hasSize(4);
    }

    private long nextWait() {
        long before = now;
        now = schedule.nextStart();
        return now - before;
    }
}
