package dev.statuswire.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class LambdaLoggingTest {

    private final List<String> logged = new ArrayList<>();
    private final Logger log =
            new LambdaLog("dev.statuswire.processor.Worker", Level.INFO, "\n", Recording::new);

    private final class Recording implements LambdaLogger {

        @Override
        public void log(String message) {
            throw new AssertionError("without a level: " + message);
        }

        @Override
        public void log(byte[] message) {
            throw new AssertionError("as bytes");
        }

        @Override
        public void log(String message, LogLevel level) {
            logged.add(level + " " + message);
        }
    }

    @Test
    void slf4j_finds_it() {
        assertThat(LoggerFactory.getLogger("any")).isInstanceOf(LambdaLog.class);
    }

    @Test
    void line_has_its_level_the_class_and_the_message() {
        log.warn("{} of {}", 1, 2);

        assertThat(logged).containsExactly("WARN Worker - 1 of 2\n");
    }

    @Test
    void stack_trace_is_in_the_same_event() {
        log.error("{} broke", "it", new IllegalStateException("why"));

        assertThat(logged).hasSize(1);
        assertThat(logged.getFirst())
                .startsWith("ERROR Worker - it broke\njava.lang.IllegalStateException: why\n")
                .contains("\tat " + LambdaLoggingTest.class.getName());
    }

    @Test
    void what_is_under_the_level_is_not_logged() {
        log.debug("nothing");
        log.info("something");

        assertThat(log.isDebugEnabled()).isFalse();
        assertThat(logged).containsExactly("INFO Worker - something\n");
    }

    @Test
    void level_is_ours_then_lambda_s_then_info() {
        Map<String, String> both =
                Map.of("STATUSWIRE_LOG_LEVEL", "debug", "AWS_LAMBDA_LOG_LEVEL", "ERROR");

        assertThat(Thresholds.from(both).level()).isEqualTo(Level.DEBUG);
        assertThat(Thresholds.from(Map.of("AWS_LAMBDA_LOG_LEVEL", "FATAL")).level())
                .isEqualTo(Level.ERROR);
        assertThat(Thresholds.from(Map.of("STATUSWIRE_LOG_LEVEL", "loud")).level())
                .isEqualTo(Level.INFO);
        assertThat(Thresholds.from(Map.of()).level()).isEqualTo(Level.INFO);
    }

    @Test
    void libraries_are_quiet_whatever_the_level() {
        var all = new Thresholds(Level.TRACE);

        assertThat(all.of("software.amazon.awssdk.request")).isEqualTo(Level.WARN);
        assertThat(all.of("org.apache.http.wire")).isEqualTo(Level.WARN);
        assertThat(all.of("com.example.Greet")).isEqualTo(Level.TRACE);
        assertThat(new Thresholds(Level.ERROR).of("org.apache.http")).isEqualTo(Level.ERROR);
    }
}
