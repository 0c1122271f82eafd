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
 * Keeps the end of what an invocation logs, for a caller that asks for it. The logging context of a
 * line's thread names its invocation, under {@value #REQUEST_ID}. A line looks as it does in the
 * log of the process.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke: {@code
 *     LogType}, "the last 4 KB of the execution log, which is base64-encoded"</a>
 */
final class LogTails extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** In the logging context: the request id of the invocation that a thread works for. */
    static final String REQUEST_ID = "AWSRequestId";

    private static final int BYTES = 4096;

    private final Map<String, Tail> open = new ConcurrentHashMap<>();
    private final ch.qos.logback.classic.Logger root;

    private LogTails(ch.qos.logback.classic.Logger root) {
        this.root = root;
    }

    /** Listens to all that the process logs, until it is {@linkplain #detach detached}. */
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

    /** Keeps what the invocation logs from now on, until the tail is closed. */
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

    /** The log of the process, if it has one. */
    private @Nullable OutputStreamAppender<ILoggingEvent> log() {
        Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> log) {
                return log;
            }
        }
        return null;
    }

    /** The end of one invocation's log: the last 4 KB, cut before a whole character. */
    final class Tail implements AutoCloseable {

        private final String requestId;
        private byte[] kept = {};

        private Tail(String requestId) {
            this.requestId = requestId;
        }

        /** Adds a line of Lambda's own. */
        void add(String line) {
            add((line + '\n').getBytes(StandardCharsets.UTF_8));
        }

        private synchronized void add(byte[] line) {
            byte[] all = Arrays.copyOf(kept, kept.length + line.length);
            System.arraycopy(line, 0, all, kept.length, line.length);
            int from = Math.max(0, all.length - BYTES);
            while (from > 0 && isWithinCharacter(all[from])) {
                from++;
            }
            kept = Arrays.copyOfRange(all, from, all.length);
        }

        /** Of UTF-8: such a byte is never the first of a character. */
        private static boolean isWithinCharacter(byte octet) {
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
