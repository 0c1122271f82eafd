package dev.statuswire.emulator.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.RuleCompiler;

/**
 * Matches a record's JSON with Lambda's event patterns, using AWS's own library. Attribute values
 * have DynamoDB's JSON form. A number such as {@code {"N":"5"}} is a string there, so numeric
 * patterns do not match it.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html">Event
 *     filtering with DynamoDB</a>
 */
final class RecordFilter {

    private final List<String> patterns;
    private final Machine machine = Machine.builder().build();

    RecordFilter(List<String> patterns) {
        this.patterns = patterns;
        patterns.forEach(this::add);
    }

    /**
     * @throws IllegalArgumentException if one is not an event pattern
     */
    static void check(List<String> patterns) {
        patterns.forEach(RecordFilter::check);
    }

    private static void check(String pattern) {
        String error = RuleCompiler.check(pattern);
        if (error != null) {
            throw new IllegalArgumentException("not an event pattern: " + pattern + ": " + error);
        }
    }

    private void add(String pattern) {
        try {
            machine.addRule(pattern, pattern);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an event pattern: " + pattern, e);
        }
    }

    /** Returns whether the record matches a pattern, or there are no patterns. */
    boolean matches(JsonNode json) {
        return patterns.isEmpty() || !machine.rulesForJSONEvent(json).isEmpty();
    }
}
