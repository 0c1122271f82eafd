package dev.statuswire.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.schema.InputGroups.Case;
import dev.statuswire.schema.InputGroups.Group;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The errors of inputs, in {@code inputs.json}. The page's tests read the same file ({@code
 * web/test/form/check.test.ts}): its form reports the same errors before it sends anything, or none
 * if the file says that the browser is silent. The inputs for records are also submitted at both
 * front doors ({@code RecordInputsTest} in {@code infra/aws}).
 */
final class InputErrorsTest {

    private static final String TYPE = "checked-type";

    static Stream<Group> groups() {
        return InputGroups.all();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void errors_are_those_that_the_page_reports(Group group) {
        var schemas = new InputSchemas(TestType.withSchema(TYPE, Json.write(group.schema())));
        for (Case one : group.cases()) {
            assertThat(schemas.errorsOf(TYPE, one.input(), "", 51).orElseThrow())
                    .as(Json.write(one.input()))
                    .containsExactlyElementsOf(one.errors());
        }
    }
}
