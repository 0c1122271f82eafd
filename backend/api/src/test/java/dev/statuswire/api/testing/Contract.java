package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import dev.statuswire.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Checks actual responses and frames against {@code openapi.yaml} and {@code asyncapi.yaml}, and
 * throws an {@link AssertionError} if they break the contract. Immutable and thread-safe.
 */
public final class Contract {

    private static final String BASE = "https://statuswire.invalid/";
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

    /** The statuses that any call may get, even if its path or method does not exist. */
    private static final Set<Integer> ANYWHERE = Set.of(400, 403, 421, 500);

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder()
                    .formatAssertionsEnabled(true)
                    .locale(Locale.ENGLISH)
                    .build();

    /**
     * Accepts unknown keywords without a warning, because a contract contains more than schemas.
     */
    private static final JsonMetaSchema QUIET =
            JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
                    .build();

    private static final Contract INSTANCE = new Contract();

    private final JsonNode openApi = Yaml.resource("/openapi.yaml");
    private final JsonNode asyncApi = Yaml.resource("/asyncapi.yaml");
    private final JsonSchemaFactory schemas =
            JsonSchemaFactory.builder()
                    .metaSchema(QUIET)
                    .defaultMetaSchemaIri(QUIET.getIri())
                    .schemaLoaders(
                            loaders ->
                                    loaders.schemas(
                                            Map.of(
                                                    BASE + "openapi.yaml",
                                                    Json.write(openApi),
                                                    BASE + "asyncapi.yaml",
                                                    Json.write(asyncApi))))
                    .build();
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    private Contract() {}

    /**
     * Checks a response against what {@code openapi.yaml} declares for its path and method.
     *
     * @param path without query
     */
    public static void answer(String method, String path, Answer answer) {
        INSTANCE.check(method, path, answer);
    }

    /**
     * Returns the name of the message of {@code asyncapi.yaml} that {@code frame} matches; fails
     * unless it matches exactly one.
     */
    public static String asyncApiMessage(JsonNode frame) {
        return INSTANCE.message(frame);
    }

    /** Returns every call that {@code openapi.yaml} declares, such as {@code GET /types}. */
    public static Set<String> calls() {
        var calls = new TreeSet<String>();
        INSTANCE.openApi
                .path("paths")
                .properties()
                .forEach(
                        path ->
                                methods(path.getValue())
                                        .forEach(
                                                method -> calls.add(method + " " + path.getKey())));
        return calls;
    }

    /** Returns the names of all differences on AWS, for all calls together. */
    public static Set<String> differencesOfTheGateway() {
        var names = new TreeSet<String>();
        INSTANCE.openApi
                .findValues("x-gateway")
                .forEach(it -> it.fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** Checks every example in a schema or a message of the contracts, and returns the errors. */
    public static List<String> wrongExamples() {
        var wrong = new ArrayList<String>();
        INSTANCE.openApi
                .at("/components/schemas")
                .properties()
                .forEach(schema -> wrong.addAll(INSTANCE.wrongExamples(schema.getValue())));
        INSTANCE.asyncApi
                .at("/components/messages")
                .forEach(
                        message ->
                                message.path("examples")
                                        .forEach(
                                                example ->
                                                        INSTANCE.message(example.path("payload"))));
        return wrong;
    }

    private List<String> wrongExamples(JsonNode schema) {
        var wrong = new ArrayList<String>();
        schema.path("examples")
                .forEach(example -> wrong.addAll(errors("openapi.yaml", schema, example)));
        return wrong;
    }

    private void check(String method, String path, Answer answer) {
        String call = method + " " + path + " -> " + answer.status();
        Optional<JsonNode> item = item(path);
        if (item.isEmpty()) {
            expect(answer.status() == 404 || isAnywhere(answer), call + ": no such path");
            checkProblem(call, answer);
            return;
        }
        Set<String> methods = methods(item.get());
        switch (method) {
            case "OPTIONS" -> expect(answer.status() == 204 || isAnywhere(answer), call);
            case "HEAD" -> {
                expect(answer.body().isEmpty(), call + ": HEAD has a body");
                expect(methods.contains("GET"), call + ": no GET");
            }
            default -> {
                if (methods.contains(method)) {
                    checkDeclared(call, item.get().path(lower(method)), answer);
                } else {
                    expect(answer.status() == 405 || isAnywhere(answer), call + ": no such method");
                    expect(answer.status() != 405 || answer.has("Allow"), call + ": no Allow");
                    checkProblem(call, answer);
                }
            }
        }
    }

    private void checkDeclared(String call, JsonNode operation, Answer answer) {
        JsonNode responses = operation.path("responses");
        JsonNode response = resolved(responses.path(String.valueOf(answer.status())));
        expect(!response.isMissingNode(), call + " is not declared; body: " + answer.body());
        response.path("headers")
                .properties()
                .forEach(
                        header ->
                                checkHeader(
                                        call,
                                        header.getKey(),
                                        resolved(header.getValue()),
                                        answer));
        checkContent(call, response.path("content"), answer);
    }

    private void checkHeader(String call, String name, JsonNode declared, Answer answer) {
        Optional<String> value = answer.headers().firstValue(name);
        expect(
                value.isPresent() || !declared.path("required").asBoolean(),
                call + ": no header " + name);
        value.ifPresent(
                text ->
                        expectValid(
                                call + ": header " + name,
                                declared.path("schema"),
                                TextNode.valueOf(text)));
    }

    private void checkContent(String call, JsonNode content, Answer answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (content.isMissingNode()) {
            expect(answer.body().isEmpty() && type.isEmpty(), call + ": a body of " + type);
            return;
        }
        JsonNode media = content.path(type.replaceAll(";.*", ""));
        expect(!media.isMissingNode(), call + ": media type " + type);
        JsonNode body = type.contains("json") ? answer.json() : TextNode.valueOf(answer.body());
        expectValid(call, media.path("schema"), body);
    }

    private void checkProblem(String call, Answer answer) {
        expect(
                answer.header("Content-Type").startsWith("application/problem+json"),
                call + ": not a problem document: " + answer.body());
        expectValid(call, openApi.at("/components/schemas/Problem"), answer.json());
        expect(answer.json().path("status").asInt() == answer.status(), call + ": other status");
    }

    private String message(JsonNode frame) {
        JsonNode messages = asyncApi.at("/components/messages");
        List<String> matching =
                messages.properties().stream()
                        .filter(
                                message ->
                                        errors(
                                                        "asyncapi.yaml",
                                                        message.getValue().path("payload"),
                                                        frame)
                                                .isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        expect(matching.size() == 1, "matches " + matching + " of asyncapi.yaml: " + frame);
        return matching.getFirst();
    }

    private Optional<JsonNode> item(String path) {
        return openApi.path("paths").properties().stream()
                .filter(entry -> pattern(entry.getKey()).matcher(path).matches())
                .min((a, b) -> parameters(a.getKey()) - parameters(b.getKey()))
                .map(Map.Entry::getValue);
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                PARAMETER.matcher(template.replace(".", "\\.")).replaceAll("[^/]+") + "/?");
    }

    private static int parameters(String template) {
        return (int) PARAMETER.matcher(template).results().count();
    }

    private static Set<String> methods(JsonNode item) {
        var methods = new TreeSet<String>();
        item.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!name.equals("parameters")) {
                                methods.add(name.toUpperCase(Locale.ROOT));
                            }
                        });
        return methods;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? openApi.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void expectValid(String what, JsonNode schema, JsonNode value) {
        List<String> errors = errors("openapi.yaml", schema, value);
        expect(errors.isEmpty(), what + ": " + errors + " in " + value);
    }

    /**
     * Validates {@code value} against a schema of {@code file}, whose references are relative to
     * {@code file}.
     */
    private List<String> errors(String file, JsonNode schema, JsonNode value) {
        ObjectNode located = schema.deepCopy();
        locate(located, file);
        return compiled
                .computeIfAbsent(located, node -> schemas.getSchema(node, CONFIG))
                .validate(value)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static void locate(JsonNode node, String file) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.path("$ref").asText();
            object.put("$ref", BASE + (reference.startsWith("#") ? file : "") + reference);
        }
        node.forEach(child -> locate(child, file));
    }

    private static boolean isAnywhere(Answer answer) {
        return ANYWHERE.contains(answer.status());
    }

    private static String lower(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    private static void expect(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
