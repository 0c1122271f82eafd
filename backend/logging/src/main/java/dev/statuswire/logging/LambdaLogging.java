package dev.statuswire.logging;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * What SLF4J finds on a function's class path. Every line goes to the runtime's own logger: a stack
 * trace stays one event of CloudWatch, and a function whose log format is JSON logs JSON, with the
 * id of its invocation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html#java-logging-advanced">Using
 *     Lambda advanced logging controls with Java</a>
 */
public final class LambdaLogging implements SLF4JServiceProvider {

    private final BasicMarkerFactory markers = new BasicMarkerFactory();
    private final NOPMDCAdapter context = new NOPMDCAdapter();
    private final ConcurrentHashMap<String, LambdaLog> logs = new ConcurrentHashMap<>();

    /** As JSON the runtime ends an event itself, as text it does not. */
    private final String end = "JSON".equals(System.getenv("AWS_LAMBDA_LOG_FORMAT")) ? "" : "\n";

    private final Thresholds thresholds = Thresholds.from(System.getenv());

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> logs.computeIfAbsent(name, this::log);
    }

    private LambdaLog log(String name) {
        return new LambdaLog(name, thresholds.of(name), end, LambdaRuntime::getLogger);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    /** Any of SLF4J 2.0. */
    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
