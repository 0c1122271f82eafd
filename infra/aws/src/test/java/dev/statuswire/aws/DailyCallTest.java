package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.function.SnapshotKeepAliveEvent;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that each alias is invoked at least daily, with an event that its handler returns from
 * immediately.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
 *     and managing Lambda SnapStart</a>: a version that was not invoked for 14 days is {@code
 *     Inactive}, and the next invocation fails
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html">Resource-based
 *     policies for EventBridge</a>: what lets a rule invoke a function
 */
final class DailyCallTest {

    private static final String RULE = "AWS::Events::Rule";
    private static final String DAILY = "rate(1 day)";
    private static final List<String> AT_LEAST_DAILY = List.of(DAILY, "rate(1 minute)");

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_alias_is_invoked_at_least_daily(Synthesized stack) {
        assertThat(stack.resources("AWS::Lambda::Alias").keySet())
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(
                        alias ->
                                assertThat(stack.properties(RULE))
                                        .filteredOn(
                                                rule ->
                                                        AT_LEAST_DAILY.contains(
                                                                rule.path("ScheduleExpression")
                                                                        .asText()))
                                        .filteredOn(
                                                rule ->
                                                        rule.at("/Targets/0/Arn/Ref")
                                                                .asText()
                                                                .equals(alias))
                                        .hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_rule_may_invoke_its_targets(Synthesized stack) {
        List<JsonNode> permissions = stack.properties("AWS::Lambda::Permission");

        assertThat(stack.resources(RULE).entrySet())
                .filteredOn(it -> it.getValue().at("/Properties").has("ScheduleExpression"))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(
                        rule ->
                                assertThat(permissions)
                                        .anyMatch(
                                                it ->
                                                        it.at("/SourceArn/Fn::GetAtt/0")
                                                                        .asText()
                                                                        .equals(rule.getKey())
                                                                && it.path("FunctionName")
                                                                        .equals(
                                                                                rule.getValue()
                                                                                        .at(
                                                                                                "/Properties/Targets/0/Arn"))));
    }

    /** A handler of a stack, and the input with which its alias is invoked each day. */
    record Call(String handler, String input) {}

    static Stream<Call> calls() {
        return Synthesized.both()
                .flatMap(
                        stack ->
                                stack.properties(RULE).stream()
                                        .filter(
                                                it ->
                                                        it.path("ScheduleExpression")
                                                                .asText()
                                                                .equals(DAILY))
                                        .map(rule -> call(stack, rule.at("/Targets/0"))))
                .distinct();
    }

    private static Call call(Synthesized stack, JsonNode target) {
        JsonNode alias = stack.one("AWS::Lambda::Alias", target.at("/Arn/Ref").asText());
        String function = alias.at("/FunctionName/Ref").asText();
        return new Call(
                stack.one("AWS::Lambda::Function", function).path("Handler").asText(),
                target.path("Input").asText());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void handler_recognizes_the_input_as_lambda_deserializes_it(Call call) throws Exception {
        Type event = eventType(Class.forName(call.handler()));

        assertThat(SnapshotKeepAliveEvent.is(deserialized(call.input(), event))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void handler_does_not_mistake_an_event_of_its_source_for_the_input(Call call) throws Exception {
        Type event = eventType(Class.forName(call.handler()));
        String real =
                """
                {"Records":[],"path":"/requests","source":"aws.events","owner":"ada"}
                """;

        if (event instanceof Class<?>) {
            assertThat(SnapshotKeepAliveEvent.is(deserialized(real, event))).isFalse();
        }
        assertThat(SnapshotKeepAliveEvent.is(Map.of("owner", "ada", "source", "aws.events")))
                .isFalse();
    }

    private static Type eventType(Class<?> handler) {
        return Stream.of(handler.getMethods())
                .filter(method -> method.getName().equals("handleRequest"))
                .filter(method -> !method.isBridge())
                .filter(method -> method.getParameterTypes()[1] == Context.class)
                .map(Method::getGenericParameterTypes)
                .map(parameters -> parameters[0])
                .findFirst()
                .orElseThrow();
    }

    /** Deserializes as the managed runtime does, which chooses the serializer by type. */
    private static Object deserialized(String json, Type type) {
        return type instanceof Class<?> event
                        && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())
                ? LambdaEventSerializers.serializerFor(event, event.getClassLoader()).fromJson(json)
                : JacksonFactory.getInstance().getSerializer(type).fromJson(json);
    }
}
