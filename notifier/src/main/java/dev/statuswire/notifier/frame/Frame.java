package dev.statuswire.notifier.frame;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A text frame to push, created once for all connections. Immutable.
 *
 * @param payload JSON in UTF-8, at most {@value #MAX_BYTES} bytes
 * @param changedAt when the change happened; empty if that is unknown
 */
public record Frame(Kind kind, SdkBytes payload, Optional<Instant> changedAt) {

    /**
     * The maximum size of a frame, in bytes.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
     *     of WebSocket APIs: frame size</a>
     */
    public static final int MAX_BYTES = 32 * 1024;

    /** What a frame contains. */
    public enum Kind {
        /** A request's status document. */
        STATUS,
        /** The id of a request that has been removed. */
        REMOVED,
        /** A request that is watched by a link has changed or has been removed. */
        CHANGED,
        /** The request types have changed. */
        TYPES;

        /** Returns the frame's {@code type}, which is also its label in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
