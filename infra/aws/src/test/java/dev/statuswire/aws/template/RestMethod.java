package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method of a REST API.
 *
 * @param required the request parameters that a call must have, such as {@code
 *     method.request.path.id}; empty if they are not checked
 * @param model the model of the body, by media type or {@code $default}; empty if bodies are not
 *     checked
 */
record RestMethod(
        String id,
        String authorization,
        String authorizerId,
        List<String> scopes,
        List<String> required,
        Map<String, BodyValidator> model,
        Integration integration) {

    /**
     * The integration of a method.
     *
     * @param type {@code AWS} or {@code AWS_PROXY}
     * @param requestTemplates by media type
     */
    record Integration(
            String type,
            String uri,
            String credentials,
            Map<String, String> requestTemplates,
            List<Response> responses) {}

    /**
     * A response of an integration.
     *
     * @param pattern must match the whole status code; null for the default
     * @param headers by name, without the quotes
     */
    record Response(
            int statusCode,
            @Nullable Pattern pattern,
            Map<String, String> headers,
            String template) {}

    private static final String HEADER = "method.response.header.";

    /**
     * @throws RejectedTemplateException if API Gateway would reject the method
     */
    static RestMethod of(Resource method, Template template) {
        Optional<Resource> validator =
                template.all("AWS::ApiGateway::RequestValidator").stream()
                        .filter(it -> template.ref(it).equals(method.text("RequestValidatorId")))
                        .findFirst();
        boolean checksBody =
                validator.map(it -> it.get("ValidateRequestBody").asBoolean()).orElse(false);
        boolean checksParameters =
                validator.map(it -> it.get("ValidateRequestParameters").asBoolean()).orElse(false);
        return new RestMethod(
                method.id(),
                method.text("AuthorizationType"),
                method.text("AuthorizerId"),
                texts(method.get("AuthorizationScopes")),
                checksParameters ? required(method.get("RequestParameters")) : List.of(),
                checksBody ? models(method.get("RequestModels"), template) : Map.of(),
                integration(method));
    }

    private static List<String> required(JsonNode parameters) {
        return parameters.properties().stream()
                .filter(it -> it.getValue().asBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, BodyValidator> models(JsonNode named, Template template) {
        var models = new HashMap<String, BodyValidator>();
        for (Map.Entry<String, JsonNode> model : named.properties()) {
            Resource found =
                    template.named(
                            "AWS::ApiGateway::Model", PhysicalNames.REF, model.getValue().asText());
            JsonNode schema = found.get("Schema");
            models.put(
                    model.getKey(),
                    BodyValidator.of(schema.isTextual() ? schema.textValue() : Json.write(schema)));
        }
        return models;
    }

    private static Integration integration(Resource method) {
        JsonNode json = method.get("Integration");
        List<Response> responses =
                json.path("IntegrationResponses")
                        .valueStream()
                        .map(it -> response(it, method))
                        .toList();
        Set<Integer> codes =
                responses.stream().map(Response::statusCode).collect(Collectors.toSet());
        if (codes.size() < responses.size()) {
            throw new RejectedTemplateException(
                    method.id() + " has two integration responses of one status code");
        }
        return new Integration(
                json.path("Type").asText(),
                json.path("Uri").asText(),
                json.path("Credentials").asText(),
                map(json.path("RequestTemplates")),
                responses);
    }

    private static Response response(JsonNode json, Resource method) {
        JsonNode declared =
                method.get("MethodResponses")
                        .valueStream()
                        .filter(it -> it.path("StatusCode").equals(json.path("StatusCode")))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new RejectedTemplateException(
                                                "Invalid method response "
                                                        + json.path("StatusCode").asText()
                                                        + " of "
                                                        + method.id()));
        var headers = new LinkedHashMap<String, String>();
        map(json.path("ResponseParameters"))
                .forEach(
                        (name, value) -> {
                            if (!declared.path("ResponseParameters").has(name)) {
                                throw new RejectedTemplateException(
                                        "Invalid mapping expression parameter specified: " + name);
                            }
                            headers.put(name.substring(HEADER.length()), literal(value));
                        });
        return new Response(
                json.path("StatusCode").asInt(),
                json.has("SelectionPattern")
                        ? Pattern.compile(json.path("SelectionPattern").asText())
                        : null,
                headers,
                json.at("/ResponseTemplates/application~1json").asText());
    }

    /** Returns a static value without its single quotes. */
    static String literal(String value) {
        if (!value.matches("'.*'")) {
            throw new RejectedTemplateException("Invalid mapping expression specified: " + value);
        }
        return value.substring(1, value.length() - 1);
    }

    static Map<String, String> map(JsonNode json) {
        var map = new LinkedHashMap<String, String>();
        json.properties().forEach(it -> map.put(it.getKey(), it.getValue().asText()));
        return map;
    }

    static List<String> texts(JsonNode json) {
        return json.valueStream().map(JsonNode::asText).toList();
    }

    /** Returns whether the method requires no token. */
    boolean isOpen() {
        return authorization.equals("NONE");
    }

    /** Returns the model for a body of that media type. */
    Optional<BodyValidator> modelFor(String mediaType) {
        return Optional.ofNullable(model.getOrDefault(mediaType, model.get("$default")));
    }
}
