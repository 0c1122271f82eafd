package dev.statuswire.function;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.core.util.ContextDataProvider;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * Adds Powertools' log fields of the current invocation to the log lines of all threads. Powertools
 * keeps these fields for one thread, but handlers use many. An execution environment runs one
 * invocation at a time, so the fields are the same for all its threads. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Lambda's
 *     execution environment lifecycle</a>
 */
public final class InvocationLogFields implements ContextDataProvider {

    private static volatile Map<String, String> fields = Map.of();

    /** Created by Log4j. */
    public InvocationLogFields() {}

    static void begin(Context context) {
        PowertoolsLogging.initializeLogging(context);
        Map<String, String> ofThisThread = MDC.getCopyOfContextMap();
        fields = Map.copyOf(Objects.requireNonNullElse(ofThisThread, Map.of()));
    }

    static void end() {
        fields = Map.of();
        PowertoolsLogging.clearState(true);
    }

    @Override
    public Map<String, String> supplyContextData() {
        return fields;
    }
}
