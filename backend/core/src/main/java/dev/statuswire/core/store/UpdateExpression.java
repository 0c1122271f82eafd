package dev.statuswire.core.store;

import dev.statuswire.core.transition.Change;
import dev.statuswire.core.transition.Placeholders;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Changes as one DynamoDB update expression.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 */
final class UpdateExpression {

    private UpdateExpression() {}

    static String of(List<Change> changes, Placeholders placeholders) {
        return (clause("SET ", changes, false, placeholders)
                        + clause(" REMOVE ", changes, true, placeholders))
                .strip();
    }

    private static String clause(
            String keyword, List<Change> changes, boolean removals, Placeholders placeholders) {
        String actions =
                changes.stream()
                        .filter(change -> change instanceof Change.Remove == removals)
                        .map(change -> change.action(placeholders))
                        .collect(Collectors.joining(", "));
        return actions.isEmpty() ? "" : keyword + actions;
    }
}
