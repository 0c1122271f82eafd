package dev.statuswire.emulator.mapping;

import org.slf4j.LoggerFactory;

/**
 * Where it is told that records were discarded.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>
 */
@FunctionalInterface
public interface FailureDestination {

    /** Only the log hears of it. */
    FailureDestination LOGGED =
            json ->
                    LoggerFactory.getLogger(FailureDestination.class)
                            .error("records were discarded: {}", json);

    /**
     * Takes Lambda's invocation record: a JSON document of metadata, without the discarded records
     * themselves. May block; what it throws is logged, and the mapping goes on.
     */
    void discarded(String json);
}
