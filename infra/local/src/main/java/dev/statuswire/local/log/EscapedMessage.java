package dev.statuswire.local.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Converts the message of a log event to one line; {@code %text} in {@code logback.xml}.
 * Thread-safe.
 */
public final class EscapedMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return EscapedText.of(super.convert(event));
    }
}
