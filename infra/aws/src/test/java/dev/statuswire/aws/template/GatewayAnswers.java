package dev.statuswire.aws.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates the responses that API Gateway generates itself. It substitutes variables in these
 * templates but does not evaluate VTL.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">Gateway
 *     response types</a>
 */
final class GatewayAnswers {

    private static final Map<String, Integer> STATUS =
            Map.of(
                    "ACCESS_DENIED", 403,
                    "AUTHORIZER_CONFIGURATION_ERROR", 500,
                    "AUTHORIZER_FAILURE", 500,
                    "BAD_REQUEST_BODY", 400,
                    "BAD_REQUEST_PARAMETERS", 400,
                    "EXPIRED_TOKEN", 403,
                    "INTEGRATION_FAILURE", 504,
                    "MISSING_AUTHENTICATION_TOKEN", 403,
                    "UNAUTHORIZED", 401,
                    "UNSUPPORTED_MEDIA_TYPE", 415);

    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]+)");
    private static final String HEADER = "gatewayresponse.header.";

    private final Map<String, Resource> declared = new HashMap<>();

    GatewayAnswers(Template template, Set<String> deployed) {
        template.all("AWS::ApiGateway::GatewayResponse").stream()
                .filter(it -> deployed.contains(it.id()))
                .forEach(it -> declared.put(it.text("ResponseType"), it));
    }

    Reply of(String type, Map<String, Object> context) {
        int status = STATUS.getOrDefault(type, 500);
        Resource response = declared.get(type);
        if (response == null) {
            response = declared.get(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
        }
        if (response == null) {
            return Reply.of(
                    status, Map.of("Content-Type", "application/json"), "{\"message\":null}");
        }
        var headers = new LinkedHashMap<String, String>();
        RestMethod.map(response.get("ResponseParameters"))
                .forEach(
                        (name, value) ->
                                headers.put(
                                        name.substring(HEADER.length()),
                                        RestMethod.literal(value)));
        String template = response.get("ResponseTemplates").path("application/json").asText();
        return Reply.of(
                response.properties().has("StatusCode")
                        ? response.get("StatusCode").asInt()
                        : status,
                headers,
                VARIABLE.matcher(template)
                        .replaceAll(
                                it ->
                                        Matcher.quoteReplacement(
                                                String.valueOf(context.get(it.group(1))))));
    }
}
