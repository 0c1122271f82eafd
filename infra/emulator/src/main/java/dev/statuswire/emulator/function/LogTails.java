package dev.statuswire.emulator.function;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the end of an invocation's log, for a caller that requests it. The mapped diagnostic
 * context (MDC) of the thread that logs a line contains the invocation's request id, under {@value
 * #REQUEST_ID}. A line has the same form as in the log of the process.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke: {@code
 *     LogType}, "the last 4 KB of the execution log, which is base64-encoded"</a>
 */
final class LogTails extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** MDC key of the request id of the invocation that a thread works for. */
    static final String REQUEST_ID = "AWSRequestId";

    private static final int BYTES = 4096;

    private final Map<String, Tail> open = new ConcurrentHashMap<>();
    private final ch.qos.logback.classic.Logger root;

    private LogTails(ch.qos.logback.classic.Logger root) {
        this.root = root;
    }

    /**
     * Returns an appender that receives every line that the process logs until it is {@linkplain
     * #detach detached}.
     */
    static LogTails attached() {
        var loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        var tails = new LogTails(loggers.getLogger(Logger.ROOT_LOGGER_NAME));
        tails.setContext(loggers);
        tails.start();
        tails.root.addAppender(tails);
        return tails;
    }

    void detach() {
        root.detachAppender(this);
        stop();
    }

    /** Starts to keep the log of the invocation, until the tail is closed. */
    Tail follow(String requestId) {
        var tail = new Tail(requestId);
        open.put(requestId, tail);
        return tail;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String requestId = open.isEmpty() ? null : event.getMDCPropertyMap().get(REQUEST_ID);
        Tail tail = requestId == null ? null : open.get(requestId);
        if (tail != null) {
            tail.add(line(event));
        }
    }

    private byte[] line(ILoggingEvent event) {
        OutputStreamAppender<ILoggingEvent> log = log();
        return log == null
                ? (event.getFormattedMessage() + '\n').getBytes(StandardCharsets.UTF_8)
                : log.getEncoder().encode(event);
    }

    /** Returns the appender that writes the log of the process, or null if there is none. */
    private @Nullable OutputStreamAppender<ILoggingEvent> log() {
        Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> log) {
                return log;
            }
        }
        return null;
    }

    /** The last 4 KB of one invocation's log, starting with a whole character. */
    final class Tail implements AutoCloseable {

        private final String requestId;
        private byte[] kept = {};

        private Tail(String requestId) {
            this.requestId = requestId;
        }

        /** Adds a line that Lambda itself logs. */
        void add(String line) {
            add((line + '\n').getBytes(StandardCharsets.UTF_8));
        }

        private synchronized void add(byte[] line) {
            byte[] all = Arrays.copyOf(kept, kept.length + line.length);
            System.arraycopy(line, 0, all, kept.length, line.length);
            int from = Math.max(0, all.length - BYTES);
            while (from > 0 && isContinuationByte(all[from])) {
                from++;
            }
            kept = Arrays.copyOfRange(all, from, all.length);
        }

        /**
         * Returns whether the byte is a UTF-8 continuation byte, that is, not the first of a
         * character.
         */
        private static boolean isContinuationByte(byte octet) {
            return (octet & 0xC0) == 0x80;
        }

        synchronized String base64() {
            return Base64.getEncoder().encodeToString(kept);
        }

        @Override
        public void close() {
            open.remove(requestId);
        }
    }
}
