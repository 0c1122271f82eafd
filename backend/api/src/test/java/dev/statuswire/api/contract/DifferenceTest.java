package dev.statuswire.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Contract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DifferenceTest {

    @Test
    void every_difference_is_in_the_contract() {
        assertThat(Contract.differencesOfTheGateway())
                .containsAll(Arrays.stream(Difference.values()).map(Difference::slug).toList());
    }

    /** Those that no test of the contract meets are said, and counted here. */
    @Test
    void the_contract_has_few_more() {
        assertThat(Contract.differencesOfTheGateway())
                .hasSize(Difference.values().length + 4)
                .contains(
                        "load-is-not-bounded",
                        "schema-is-its-own",
                        "texts-are-not-read",
                        "last-header-counts");
    }
}
