package dev.statuswire.notifier.push;

import software.amazon.awssdk.core.SdkBytes;

/**
 * The side of the gateway that reaches connections from behind. Each call is one try: it blocks for
 * four seconds at most and throws nothing. Thread-safe.
 */
public interface ConnectionGateway {

    /** Sends one text frame. */
    Answer post(String connectionId, SdkBytes payload);

    /** Ends the connection. */
    Answer close(String connectionId);

    /** How a call ended. */
    enum Answer {
        /** What was asked is done. */
        DONE,
        /** There is no such connection any more, or not yet. */
        GONE,
        /** Not now: another try may do. What was asked may be done. */
        BUSY,
        /** No answer in time. What was asked may be done; another try would take as long. */
        SILENT,
        /** Never: another try would be answered the same. */
        REFUSED
    }
}
