package dev.statuswire.emulator.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.RuleCompiler;

/**
 * Lambda's event patterns over a record as JSON, by the library that AWS runs them with. Attribute
 * values stand there as DynamoDB writes them, a number as {@code {"N":"5"}}: a string, which
 * numeric patterns do not match.
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
     * @throws IllegalArgumentException one is not an event pattern
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

    /** Whether the function gets the record: one pattern is enough. */
    boolean lets(JsonNode json) {
        return patterns.isEmpty() || !machine.rulesForJSONEvent(json).isEmpty();
    }
}
