package dev.statuswire.logging;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger of one name. Thread-safe. */
final class LambdaLog extends LegacyAbstractLogger {

    @Serial private static final long serialVersionUID = 1;

    private final Level threshold;
    private final String prefix;
    private final String end;
    private final transient Supplier<LambdaLogger> runtime;

    /**
     * @param end of each event
     * @param runtime gives the runtime's logger, which is not there yet when classes are loaded
     */
    LambdaLog(String name, Level threshold, String end, Supplier<LambdaLogger> runtime) {
        this.name = name;
        this.threshold = threshold;
        this.prefix = name.substring(name.lastIndexOf('.') + 1) + " - ";
        this.end = end;
        this.runtime = runtime;
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= threshold.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return LambdaLog.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String text = prefix + MessageFormatter.basicArrayFormat(message, arguments);
        String event = thrown == null ? text : text + "\n" + trace(thrown);
        runtime.get().log(event + end, LogLevel.valueOf(level.name()));
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
