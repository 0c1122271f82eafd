package dev.statuswire.emulator.mapping;

import org.slf4j.LoggerFactory;

/**
 * The on-failure destination of a mapping, which is notified of discarded records.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>
 */
@FunctionalInterface
public interface FailureDestination {

    /** Only logs the discarded records. */
    FailureDestination LOGGED =
            json ->
                    LoggerFactory.getLogger(FailureDestination.class)
                            .error("discarded records: {}", json);

    /**
     * Receives Lambda's invocation record: a JSON document with metadata, without the discarded
     * records themselves. May block. If it throws an exception, the mapping logs the exception and
     * continues.
     */
    void discarded(String json);
}
