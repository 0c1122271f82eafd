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
    void leading_zeros_do_not_matter_for_equality_but_are_kept() {
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
    void a_text_that_is_not_an_integer_is_rejected() {
        assertThatThrownBy(() -> SequenceNumber.of("abc"))
                .isInstanceOf(NumberFormatException.class);
    }
}
