package dev.statuswire.notifier.frame;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A text frame to be pushed, made once however many connections get it. Immutable.
 *
 * @param payload JSON in UTF-8, at most {@value #MAX_BYTES} bytes
 * @param changedAt when what it tells of happened; empty where that is not known
 */
public record Frame(Kind kind, SdkBytes payload, Optional<Instant> changedAt) {

    /**
     * The most that one frame may take, in bytes.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
     *     of WebSocket APIs: frame size</a>
     */
    public static final int MAX_BYTES = 32 * 1024;

    /** What is pushed. */
    public enum Kind {
        /** A request's status document. */
        STATUS,
        /** The id of a request that is no more. */
        REMOVED;

        /** The frame's {@code type}; also what it is counted under. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
