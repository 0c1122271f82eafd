package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Contract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DifferenceTest {

    @Test
    void every_difference_is_documented() {
        assertThat(Contract.differencesOfTheGateway())
                .containsAll(Arrays.stream(Difference.values()).map(Difference::slug).toList());
    }

    /** Lists the differences that no test of the contract covers. */
    @Test
    void only_four_documented_differences_are_untested() {
        assertThat(Contract.differencesOfTheGateway())
                .hasSize(Difference.values().length + 4)
                .contains(
                        "load-is-not-bounded",
                        "schema-is-its-own",
                        "texts-are-not-read",
                        "last-header-counts");
    }
}
