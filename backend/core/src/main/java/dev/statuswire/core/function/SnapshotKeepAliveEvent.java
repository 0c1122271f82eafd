package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event that keeps a function's snapshot. Lambda deletes the snapshot of a version that was not
 * invoked for 14 days, and the next invocation then fails. A schedule sends this event to each
 * function once a day. {@link FunctionHost#handle} recognizes it for all handlers.
 *
 * <p>An external caller cannot send this event: a request's path starts with a slash, AWS sets the
 * source of a scheduled event, and an event source mapping always sends records.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
 *     and managing Lambda SnapStart: function states</a>
 */
public final class SnapshotKeepAliveEvent {

    private static final String MARK = "statuswire.keep-active";
    private static final String SOURCE = "source";

    /**
     * The event's fields. Each event class reads one of the two, except the classes for streams and
     * queues, which read neither.
     */
    public static final Map<String, String> EVENT = Map.of(SOURCE, MARK, "path", MARK);

    private SnapshotKeepAliveEvent() {}

    /**
     * Returns whether a handler received this event.
     *
     * @param event as Lambda deserialized it for the handler
     */
    public static boolean is(@Nullable Object event) {
        if (event instanceof DynamodbEvent stream) {
            return stream.getRecords() == null;
        }
        if (event instanceof SQSEvent queue) {
            return queue.getRecords() == null;
        }
        if (event instanceof Map<?, ?> fields) {
            return MARK.equals(fields.get(SOURCE));
        }
        return MARK.equals(placeOfMark(event));
    }

    private static @Nullable String placeOfMark(@Nullable Object event) {
        if (event instanceof APIGatewayProxyRequestEvent call) {
            return call.getPath();
        }
        if (event instanceof APIGatewayV2WebSocketEvent message) {
            return message.getPath();
        }
        if (event instanceof APIGatewayCustomAuthorizerEvent check) {
            return check.getPath();
        }
        return event instanceof ScheduledEvent scheduled ? scheduled.getSource() : null;
    }
}
