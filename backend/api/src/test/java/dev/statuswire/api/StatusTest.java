package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.StatusContract;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.RawHttp;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the contract for the status against the API, and tests waiting for a change. */
final class StatusTest extends StatusContract {

    private final ManualClock clock = new ManualClock();
    private final ManualClock steady = new ManualClock();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private volatile Runnable duringPause = () -> {};

    private final ApiDoor api =
            ApiDoor.inMemory(
                    parts -> {
                        parts.clock = clock;
                        parts.steady = steady;
                        parts.waiting = this::pause;
                    });

    @Override
    protected Door open() {
        return api;
    }

    private boolean pause(Semaphore signal, Duration duration) {
        pauses.add(duration);
        clock.advance(duration);
        steady.advance(duration);
        duringPause.run();
        assertThat(pauses).as("pauses").hasSizeLessThan(1000);
        return signal.tryAcquire();
    }

    @Override
    protected void assertNoCallWaited() {
        assertThat(pauses).isEmpty();
    }

    @Test
    void waiting_ends_as_soon_as_the_version_is_higher_than_the_known_one() {
        submit();
        duringPause =
                () -> {
                    if (pauses.size() == 4) {
                        cancel();
                    }
                };
        Answer answer = read("Prefer", "wait=20", "If-None-Match", tag(1));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo(tag(2));
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(pauses).hasSize(4);
    }

    @Test
    void waiting_without_a_known_version_ends_when_the_request_finishes() {
        submit();
        duringPause =
                () -> {
                    if (pauses.size() == 3) {
                        cancel();
                    }
                };
        Answer answer = read("Prefer", "wait=10");
        assertThat(answer.json().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void waiting_without_a_change_ends_with_304_or_200_after_the_requested_time() {
        submit();
        assertThat(read("Prefer", "wait=5", "If-None-Match", tag(1)).status()).isEqualTo(304);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(5));
        pauses.clear();
        assertThat(read("Prefer", "wait=5").status()).isEqualTo(200);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void setting_the_wall_clock_does_not_change_how_long_a_client_waits(int hours) {
        submit();
        duringPause =
                () -> {
                    if (pauses.size() == 3) {
                        clock.advance(Duration.ofHours(hours));
                    }
                };
        assertThat(read("Prefer", "wait=20", "If-None-Match", tag(1)).status()).isEqualTo(304);
        assertThat(waited()).isEqualTo(Duration.ofSeconds(20));
    }

    private Duration waited() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void waiting_polls_often_at_first_and_then_twice_a_second() {
        submit();
        read("Prefer", "wait=20");
        assertThat(pauses.getFirst()).isEqualTo(Duration.ofMillis(50));
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(500)) <= 0);
        assertThat(pauses).hasSizeBetween(40, 50);
    }

    @Test
    void first_wait_of_several_headers_is_used() {
        submit();
        assertThat(
                        read("Prefer", "foo=\"x", "Prefer", "wait=3", "Prefer", "wait=9")
                                .header("Preference-Applied"))
                .isEqualTo("wait=3");
        assertThat(read("Prefer", "wait=x", "Prefer", "wait=3").has("Preference-Applied"))
                .isFalse();
    }

    /** The tags of other servers may contain any byte that is not ASCII. */
    @Test
    void known_version_is_found_among_tags_that_are_not_ascii() {
        submit();
        for (String others : List.of("\"\u00e9\",", "\"\u00ff,\", W/\"\u0080\" , ")) {
            assertThat(
                            RawHttp.send(
                                    api.server().port(),
                                    "GET /status/" + id + " HTTP/1.1",
                                    "Host: 127.0.0.1",
                                    "If-None-Match: " + others + tag(1)))
                    .startsWith("HTTP/1.1 304 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w/{tag}",
                "W {tag}",
                "W/ {tag}",
                "{tag}x",
                "x{tag}",
                "{tag}{tag}",
                "\"{tag}\""
            })
    void a_malformed_list_of_tags_matches_no_version(String template) {
        submit();
        assertThat(read("If-None-Match", template.replace("{tag}", tag(1))).status())
                .isEqualTo(200);
    }

    @Test
    void known_version_may_be_in_any_of_several_headers() {
        submit();
        assertThat(read("If-None-Match", "\"x\"", "If-None-Match", tag(1)).status()).isEqualTo(304);
    }

    @Test
    void waiting_is_limited_to_20_seconds() {
        submit();
        Answer answer = read("Prefer", "wait=99999999999");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(20));
    }
}
