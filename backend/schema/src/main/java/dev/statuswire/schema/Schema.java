package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.schema.regex.TooExpensiveException;
import dev.statuswire.schema.regex.ValidationBudget;
import java.util.List;

/**
 * A JSON Schema of draft 4. {@code format} is asserted, {@code pattern} is ECMA-262, and no schema
 * is fetched over a network. Immutable once compiled, and thread-safe.
 *
 * @see <a href="https://json-schema.org/draft-04/draft-fge-json-schema-validation-00">JSON Schema:
 *     interactive and non interactive validation, draft 4</a>
 */
public final class Schema {

    private List<Keyword> keywords = List.of();

    Schema() {}

    /**
     * Compiles {@code schema}.
     *
     * @throws InvalidSchemaException if it is not a schema of draft 4, or refers to a schema that
     *     it does not contain
     */
    public static Schema of(JsonNode schema) {
        return new SchemaCompiler(schema).compile();
    }

    /**
     * Sets the keywords. The compiler calls it once, after the constructor, because a schema can
     * refer to itself.
     */
    void complete(List<Keyword> all) {
        keywords = List.copyOf(all);
    }

    /**
     * Returns the errors in {@code value}.
     *
     * @param pointer the pointer to the value; the pointer of each error starts with it
     * @param budget limits the work of the validation
     * @param maxErrors the maximum number of errors
     * @throws TooExpensiveException if any part of the schema exhausts the budget
     */
    public List<InputError> errorsOf(
            JsonNode value, String pointer, ValidationBudget budget, int maxErrors) {
        var validation = new Validation(budget, maxErrors);
        check(value, ValueLocation.root(pointer), validation);
        return Validation.reported(validation.findings());
    }

    void check(JsonNode value, ValueLocation place, Validation validation) {
        validation.enter();
        for (Keyword keyword : keywords) {
            if (!validation.isOver()) {
                validation.budget().spend(1);
                keyword.check(value, place, validation);
            }
        }
        validation.leave();
    }

    /** Returns the errors in {@code value} without adding them to {@code validation}. */
    List<Validation.Finding> attempt(JsonNode value, ValueLocation place, Validation validation) {
        Validation attempt = validation.attempt();
        check(value, place, attempt);
        return attempt.findings();
    }
}
