package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SequenceNumberTest {

    @Test
    void numbers_compare_as_integers_not_as_text() {
        assertThat(SequenceNumber.of("9")).isLessThan(SequenceNumber.of("10"));
        assertThat(SequenceNumber.of("9999999999999999999999"))
                .isGreaterThan(SequenceNumber.of("800000000003126276362"));
    }

    @Test
    void leading_zeros_make_no_other_number_and_are_kept_for_the_stream() {
        SequenceNumber padded = SequenceNumber.of("000000000000000000042");
        assertThat(padded)
                .isEqualTo(SequenceNumber.of("42"))
                .hasSameHashCodeAs(SequenceNumber.of("42"));
        assertThat(padded)
                .isNotEqualTo(SequenceNumber.of("43"))
                .isNotEqualTo(padded.value())
                .isNotEqualTo(null);
        assertThat(padded).hasToString("000000000000000000042");
    }

    @Test
    void what_is_no_integer_is_refused() {
        assertThatThrownBy(() -> SequenceNumber.of("abc"))
                .isInstanceOf(NumberFormatException.class);
    }
}
