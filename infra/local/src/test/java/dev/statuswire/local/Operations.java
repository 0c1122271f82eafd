package dev.statuswire.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs the commands of docs/guide/operate.md with bash and an {@code aws} that only prints its
 * arguments.
 */
final class Operations {

    private static final Path PAGE = Path.of("../../docs/guide/operate.md");
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(aws .*?)```", Pattern.DOTALL);
    private static final String NOTING_AWS = "aws() { printf '%s\\0' \"$@\"; }\n";

    private Operations() {}

    /** A call of {@code aws}: its options by name, with their values. */
    record Call(Map<String, String> options) {

        String option(String name) {
            return Objects.requireNonNull(options.get("--" + name), name);
        }

        /** Returns the value of an option that is JSON of attributes. */
        Map<String, AttributeValue> attributes(String name) {
            var attributes = new HashMap<String, AttributeValue>();
            json(name)
                    .properties()
                    .forEach(it -> attributes.put(it.getKey(), attribute(it.getValue())));
            return attributes;
        }

        /** Returns the value of an option that is JSON of texts. */
        Map<String, String> texts(String name) {
            var texts = new HashMap<String, String>();
            json(name).properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
            return texts;
        }

        private JsonNode json(String name) {
            return Json.parse(option(name)).orElseThrow();
        }

        private static AttributeValue attribute(JsonNode typed) {
            assertThat(typed.size()).isEqualTo(1);
            return typed.has("N")
                    ? AttributeValue.fromN(typed.get("N").textValue())
                    : AttributeValue.fromS(typed.get("S").textValue());
        }
    }

    /**
     * Returns the call of the only command {@code aws <service> <operation>}, run with these shell
     * variables.
     */
    static Call call(String operation, Map<String, String> variables) throws Exception {
        List<String> commands =
                BLOCK.matcher(page())
                        .results()
                        .map(block -> block.group(1))
                        .filter(command -> command.startsWith("aws " + operation + " "))
                        .toList();
        assertThat(commands).as(operation).hasSize(1);
        return read(run(commands.getFirst(), variables));
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String run(String command, Map<String, String> variables) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-euc", NOTING_AWS + command);
        bash.environment().putAll(variables);
        Process process = bash.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(command).isZero();
        return new String(output, StandardCharsets.UTF_8);
    }

    /**
     * Words that start with two hyphens are options; the word after an option is its value, if any.
     */
    private static Call read(String output) {
        String[] words = output.split("\0", -1);
        var options = new HashMap<String, String>();
        for (int i = 0; i < words.length; i++) {
            if (words[i].startsWith("--")) {
                options.put(words[i], words[i + 1].startsWith("--") ? "" : words[i + 1]);
            }
        }
        return new Call(options);
    }
}
