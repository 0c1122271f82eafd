package dev.statuswire.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the log lines of {@code ./run}, with its configuration. */
final class LogLinesTest {

    private static final String FORGED = "12:00:00.000 ERROR Main - forged";

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter fields = new LogbackMDCAdapter();
    private PatternLayoutEncoder encoder = new PatternLayoutEncoder();

    @BeforeEach
    void configure() throws JoranException {
        context.setMDCAdapter(fields);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(getClass().getResource("/logback.xml"), "logback.xml"));
        var console =
                (ConsoleAppender<ILoggingEvent>)
                        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        encoder = (PatternLayoutEncoder) console.getEncoder();
    }

    private String logged(String format, @Nullable Throwable thrown, Object... arguments) {
        var event =
                new LoggingEvent(
                        getClass().getName(),
                        context.getLogger("dev.statuswire.Some"),
                        Level.WARN,
                        format,
                        thrown,
                        arguments);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\r\n",
                "\u000b",
                "\f",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u001b[2K",
                "\u001b[1A",
                "\b",
                "\u0000",
                "\u007f",
                "\u009b2K",
                "\u202e",
                "\ud800"
            })
    void text_from_a_client_cannot_start_a_line_or_control_a_terminal(String separator) {
        String line = logged("user {} changed", null, "ada" + separator + FORGED);

        assertThat(line).endsWith(" changed" + System.lineSeparator());
        assertThat(line.strip().codePoints())
                .as(line)
                .noneMatch(Character::isISOControl)
                .doesNotContain(0x2028, 0x2029, 0x202e)
                .noneMatch(each -> Character.getType(each) == Character.SURROGATE);
        assertThat(line).contains("user ada\\").contains(FORGED);
    }

    @Test
    void text_of_all_languages_is_unchanged() {
        assertThat(logged("user {} changed", null, "Zoë 漢字 🍜 \"quoted\" \\ back"))
                .endsWith(
                        "WARN  Some - user Zoë 漢字 🍜 \"quoted\" \\ back changed"
                                + System.lineSeparator());
    }

    @Test
    void each_message_of_a_stack_trace_is_on_one_line() {
        var thrown =
                new IllegalStateException(
                        "first\n" + FORGED, new IllegalArgumentException("cause\u2028" + FORGED));
        thrown.addSuppressed(new RuntimeException("suppressed\r" + FORGED));

        String log = logged("a call failed", thrown);

        assertThat(log).contains("first\\n", "cause\\u2028", "suppressed\\r");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("12:00:00.000"));
        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("\tat " + getClass().getName()))
                .anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalArgumentException"));
        assertThat(log).doesNotContain("\u2028").doesNotContain("\r");
    }

    @Test
    void line_of_a_step_ends_with_its_request_type_and_step() {
        fields.setContextMap(Map.of("requestId", "request-1", "type", "greet", "step", "log"));

        assertThat(logged("hello {}", null, "Ada\n" + FORGED))
                .endsWith(FORGED + " [request-1 greet/log]" + System.lineSeparator())
                .hasLineCount(1);
    }
}
