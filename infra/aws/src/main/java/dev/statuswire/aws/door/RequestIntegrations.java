package dev.statuswire.aws.door;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.type.RequestTypes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The templates with which API Gateway serves {@code PUT /requests/{id}} and {@code GET
 * /status/{id}}, each with one call of DynamoDB and without a function, so that requests are
 * accepted even if every function is down. The stored item and the status document are the same as
 * the API's. Immutable and thread-safe.
 *
 * <p>The templates are resources of this package, in API Gateway's VTL.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html">Mapping
 *     template transformations for REST APIs</a>
 */
public final class RequestIntegrations {

    /** A placeholder that no write defines. If DynamoDB's error names it, the response is 422. */
    private static final String LOST_DIGITS = "numberWouldLoseDigits";

    /**
     * API Gateway's limits for a model and for a mapping template, in bytes. The quotas are given
     * in KB.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
     *     for REST APIs</a>
     */
    private static final int MAX_MODEL = 400_000;

    private static final int MAX_TEMPLATE = 300_000;

    private final MappingTemplateLoader templates;
    private final String submissionModel;

    private RequestIntegrations(MappingTemplateLoader templates, String submissionModel) {
        this.templates = templates;
        this.submissionModel = submissionModel;
    }

    /**
     * Creates the templates for one table.
     *
     * @param types the request types that can be submitted
     * @param timing provides the start grace, which determines the stored due time
     * @param requestsTable the name of the table, or a CDK token for the name; it is embedded
     *     unchanged
     * @param owner where the templates find the owner of a call
     * @param basePath the prefix of every path that clients call; empty, or such as {@code /dev}
     * @throws dev.statuswire.sdk.InvalidTypeException if API Gateway would reject the schema of a
     *     type
     * @throws IllegalArgumentException if the types are too many for API Gateway
     */
    public static RequestIntegrations of(
            RequestTypes types,
            TransitionTiming timing,
            String requestsTable,
            OwnerExpression owner,
            String basePath) {
        var parts = new HashMap<String, String>();
        parts.put("table", requestsTable);
        parts.put("owner", owner.expression());
        parts.put("base-path", basePath);
        parts.put("owner-attribute", Item.OWNER);
        parts.put("id-attribute", Item.ID);
        parts.put("client-id", RequestKey.CLIENT_ID);
        parts.put("any-id", RequestKey.ANY_ID);
        parts.put("time", Item.TIME_PATTERN);
        parts.put("lost-digits", LOST_DIGITS);
        parts.put("format", String.valueOf(Request.FORMAT));
        parts.put("hashed-characters", RequestKey.HASHED_CHARACTERS);
        parts.put("hash-multiplier", String.valueOf(RequestKey.HASH_MULTIPLIER));
        parts.put("hash-modulus", String.valueOf(RequestKey.HASH_MODULUS));
        parts.put("due-shards", String.valueOf(RequestKey.DUE_SHARDS));
        parts.put("grace-millis", String.valueOf(timing.startGrace().toMillis()));
        parts.put("base64-length", base64Length(Request.MAX_INPUT_BYTES));
        parts.put("body-base64-length", base64Length(Request.MAX_BODY_BYTES));
        parts.put("pending-steps", PendingStepsTemplate.of(types));
        var integrations =
                new RequestIntegrations(
                        new MappingTemplateLoader(parts), SubmissionModel.of(types));
        integrations.requireAcceptedSizes();
        return integrations;
    }

    private void requireAcceptedSizes() {
        requireSize(submissionModel, MAX_MODEL, "schemas");
        requireSize(status().responses().getFirst().template(), MAX_TEMPLATE, "steps");
    }

    private static void requireSize(String text, int max, String of) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > max) {
            throw new IllegalArgumentException(
                    "the %s of all request types need %,d bytes; API Gateway accepts %,d"
                            .formatted(of, bytes, max));
        }
    }

    /**
     * Checks that API Gateway accepts these types.
     *
     * @throws dev.statuswire.sdk.InvalidTypeException if API Gateway would reject the schema of a
     *     type
     * @throws IllegalArgumentException if the types are too many for API Gateway
     */
    public static void check(RequestTypes types) {
        of(types, TransitionTiming.DEFAULT, "", OwnerExpression.COGNITO, "");
    }

    private static String base64Length(int bytes) {
        return String.valueOf((bytes + 2) / 3 * 4);
    }

    /** Returns the integration of {@code PUT /requests/{id}}. */
    public DynamoDbIntegration submit() {
        return new DynamoDbIntegration(
                "UpdateItem",
                templates.load("submit-request"),
                List.of(
                        new IntegrationResponseMapping(
                                202,
                                Optional.of("200"),
                                json(
                                        IntegrationHeaders.NO_STORE,
                                        Map.of(IntegrationHeaders.RETRY_AFTER, "1")),
                                templates.load("submit-accepted")),
                        new IntegrationResponseMapping(
                                400,
                                Optional.of("4\\d{2}"),
                                problem(Map.of()),
                                templates.load("submit-refused")),
                        unavailable("/requests/")));
    }

    /** Returns the integration of {@code GET /status/{id}}. */
    public DynamoDbIntegration status() {
        return new DynamoDbIntegration(
                "GetItem",
                templates.load("status-request"),
                List.of(
                        new IntegrationResponseMapping(
                                200,
                                Optional.of("200"),
                                json(
                                        IntegrationHeaders.NO_CACHE,
                                        Map.of(IntegrationHeaders.VARY, "Origin, Authorization")),
                                templates.load("status-response")),
                        unavailable("/status/")));
    }

    /** Handles all other responses of DynamoDB; no part of them reaches a client. */
    private static IntegrationResponseMapping unavailable(String path) {
        return new IntegrationResponseMapping(
                GatewayProblem.UNAVAILABLE.status(),
                Optional.empty(),
                problem(Map.of(IntegrationHeaders.RETRY_AFTER, "1")),
                GatewayProblem.UNAVAILABLE.document(path + MappingTemplateLoader.ID_IN_PATH));
    }

    private static Map<String, String> json(String cacheControl, Map<String, String> more) {
        return with(IntegrationHeaders.of("application/json", cacheControl), more);
    }

    private static Map<String, String> problem(Map<String, String> more) {
        return with(
                IntegrationHeaders.of(GatewayProblem.MEDIA_TYPE, IntegrationHeaders.NO_STORE),
                more);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /**
     * Returns the model of the body of {@code PUT /requests/{id}}, in JSON Schema draft 4. API
     * Gateway must apply it to every content type.
     */
    public String submissionModel() {
        return submissionModel;
    }

    /**
     * Returns the responses that API Gateway generates itself, as problem documents, for the whole
     * API.
     *
     * @param limitsRates whether a web ACL blocks calls, and does so only because of their rate
     */
    public List<GatewayResponse> gatewayResponses(boolean limitsRates) {
        return GatewayResponses.all(limitsRates);
    }

    /** Returns the response for a path that does not exist. */
    public GatewayResponse notFound() {
        return gatewayResponses(false).stream()
                .filter(response -> response.type().equals("RESOURCE_NOT_FOUND"))
                .findFirst()
                .orElseThrow();
    }
}
