package dev.statuswire.core.transition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class TransitionsJavadocTest {

    private static final Path SOURCE =
            Path.of("src/main/java")
                    .resolve(Transitions.class.getName().replace('.', '/') + ".java");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Placeholders placeholders = new Placeholders();

    @Test
    void expressions_in_the_javadoc_are_those_of_a_claim() throws IOException {
        var transitions =
                new Transitions(TransitionTiming.DEFAULT, List.of("7f3a", "c81e").iterator()::next);
        Request submitted =
                Item.read(
                                transitions.submit(
                                        new RequestKey("ada", "request-1"),
                                        new Submission("order", "{}"),
                                        NOON))
                        .orElseThrow();
        Transition claim =
                transitions.claim(submitted, List.of("cook"), Set.of(), NOON.plusSeconds(30));

        String condition = claim.condition().expression(placeholders);
        String update = claim.updateExpression(placeholders);

        assertThat(Files.readString(SOURCE).replaceAll("\\s+\\*?\\s*", " "))
                .contains(
                        "<pre>{@code ConditionExpression %s UpdateExpression %s }</pre>"
                                .formatted(shown(condition), shown(update)));
    }

    /** Returns the expression with names and values instead of placeholders. */
    private String shown(String expression) {
        String named =
                replace("#\\w+", expression, it -> requireNonNull(placeholders.names().get(it)));
        return replace(":\\d+", named, it -> shown(requireNonNull(placeholders.values().get(it))));
    }

    private static String replace(
            String pattern, String text, Function<String, String> replacement) {
        return Pattern.compile(pattern)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found.group())));
    }

    private static String shown(AttributeValue value) {
        return switch (value.type()) {
            case S -> "\"" + value.s() + "\"";
            case N -> value.n();
            case BOOL -> value.bool().toString();
            case L ->
                    value.l().stream()
                            .map(TransitionsJavadocTest::shown)
                            .collect(Collectors.joining(", ", "[", "]"));
            case M ->
                    new TreeMap<>(value.m())
                            .entrySet().stream()
                                    .map(field -> field.getKey() + ": " + shown(field.getValue()))
                                    .collect(Collectors.joining(", ", "{", "}"));
            default -> throw new IllegalArgumentException("unexpected type: " + value);
        };
    }
}
