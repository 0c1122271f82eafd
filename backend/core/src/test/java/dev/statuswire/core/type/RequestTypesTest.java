package dev.statuswire.core.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.core.testing.TestType;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidTypeException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestTypesTest {

    @Test
    void retired_type_is_known_and_not_offered() {
        var types =
                RequestTypes.of(List.of(TestType.of("a", "one"), TestType.of("b", "two")))
                        .retire(List.of("b"));

        assertThat(types.offered()).extracting(Definition::name).containsExactly("a");
        assertThat(types.find("b")).isPresent();
        assertThat(types.stepsOf("b")).containsExactly("two");
    }

    @Test
    void unknown_type_cannot_be_retired() {
        var types = RequestTypes.of(List.of(TestType.of("a", "one")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.retire(List.of("a", "z")))
                .withMessageContaining("STATUSWIRE_RETIRED_TYPES names z");
    }

    @Test
    void types_are_found_by_name_and_sorted_by_name() {
        var types = RequestTypes.of(List.of(TestType.of("b", "one"), TestType.of("a", "x", "y")));

        assertThat(types.all()).extracting(Definition::name).containsExactly("a", "b");
        assertThat(types.find("b").map(Definition::name)).contains("b");
        assertThat(types.stepsOf("a")).containsExactly("x", "y");
    }

    @Test
    void unknown_type_is_not_found_and_has_no_steps() {
        var types = RequestTypes.of(List.of());

        assertThat(types.find("a")).isEmpty();
        assertThat(types.stepsOf("a")).isEmpty();
    }

    @Test
    void two_types_with_the_same_name_are_refused() {
        assertThatExceptionOfType(InvalidTypeException.class)
                .isThrownBy(
                        () ->
                                RequestTypes.of(
                                        List.of(TestType.of("a", "one"), TestType.of("a", "x"))))
                .withMessage("request type a: two types have this name");
    }

    @Test
    void all_who_share_the_types_see_their_replacements() {
        Definition<?> before = TestType.of("a", "one");
        Definition<?> kept = TestType.of("b", "one");
        var types = RequestTypes.of(List.of(before, kept));
        long version = types.version();

        types.replace(RequestTypes.of(List.of(TestType.of("a", "one", "two"), kept)));

        assertThat(types.stepsOf("a")).containsExactly("one", "two");
        assertThat(types.version()).isGreaterThan(version);
        assertThat(types.isCurrent(before)).isFalse();
        assertThat(types.isCurrent(kept)).isTrue();
    }
}
