package dev.statuswire.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.emulator.function.AsyncRules.AfterFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AsyncRulesTest {

    private final AsyncRules rules = AsyncRules.LAMBDA;

    @Test
    void lambda_retries_after_one_minute_and_after_two_more() {
        assertThat(rules.afterFailure(1, Duration.ZERO))
                .isEqualTo(new AfterFailure.Retry(Duration.ofMinutes(1)));
        assertThat(rules.afterFailure(2, Duration.ZERO))
                .isEqualTo(new AfterFailure.Retry(Duration.ofMinutes(2)));
        assertThat(rules.afterFailure(3, Duration.ZERO))
                .isEqualTo(new AfterFailure.Drop("no retries left"));
    }

    @Test
    void an_event_is_not_retried_beyond_its_maximum_age() {
        assertThat(rules.afterFailure(1, Duration.ofHours(6)))
                .isEqualTo(new AfterFailure.Drop("it is too old for another retry"));
        assertThat(rules.isTooOld(Duration.ofHours(6))).isFalse();
        assertThat(rules.isTooOld(Duration.ofHours(6).plusMillis(1))).isTrue();
    }

    @Test
    void values_outside_lambda_s_ranges_are_rejected() {
        Duration soon = Duration.ofMillis(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsyncRules(List.of(soon, soon, soon), Duration.ofHours(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsyncRules(List.of(), Duration.ofSeconds(59)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsyncRules(List.of(), Duration.ofHours(7)));
    }
}
