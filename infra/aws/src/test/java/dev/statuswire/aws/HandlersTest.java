package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the handler classes that the stack names exist. */
final class HandlersTest {

    static Stream<String> handlers() {
        return Synthesized.both()
                .flatMap(stack -> stack.properties("AWS::Lambda::Function").stream())
                .map(it -> it.path("Handler").asText())
                .filter(handler -> handler.startsWith("dev.statuswire"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void handler_is_a_class_that_lambda_can_create_and_call(String handler) throws Exception {
        Class<?> type = Class.forName(handler, false, getClass().getClassLoader());

        assertThat(type.getConstructor()).isNotNull();
        assertThat(
                        RequestHandler.class.isAssignableFrom(type)
                                || RequestStreamHandler.class.isAssignableFrom(type))
                .isTrue();
    }
}
