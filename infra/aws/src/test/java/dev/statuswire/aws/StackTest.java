package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.settings.PageSecurityPolicy;
import dev.statuswire.core.stream.StreamDelivery;
import dev.statuswire.identity.BearerCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the essential properties of the template. */
final class StackTest {

    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
    private static final String METHOD = "AWS::ApiGateway::Method";

    private final Synthesized dev = Synthesized.withCognito();
    private final Synthesized prod = Synthesized.withOwnIssuer();

    @Test
    void requests_stream_has_exactly_two_readers() {
        assertThat(dev.properties(MAPPING))
                .filteredOn(it -> it.path("EventSourceArn").toString().contains("TablesRequests"))
                .hasSize(2);
    }

    @Test
    void mappings_start_at_the_oldest_record_and_skip_unprocessable_records() {
        assertThat(dev.properties(MAPPING))
                .filteredOn(it -> it.path("EventSourceArn").toString().contains("StreamArn"))
                .hasSize(3)
                .allSatisfy(
                        it -> {
                            assertThat(it.path("StartingPosition").asText())
                                    .isEqualTo("TRIM_HORIZON");
                            assertThat(it.path("BatchSize").asInt()).isEqualTo(100);
                            assertThat(it.path("ParallelizationFactor").asInt()).isEqualTo(10);
                            assertThat(it.path("MaximumRetryAttempts").asInt()).isEqualTo(10);
                            assertThat(it.path("MaximumRecordAgeInSeconds").asInt())
                                    .isEqualTo(3600);
                            assertThat(it.path("BisectBatchOnFunctionError").asBoolean()).isTrue();
                            assertThat(it.path("FunctionResponseTypes").toString())
                                    .isEqualTo("[\"ReportBatchItemFailures\"]");
                            assertThat(it.path("DestinationConfig").toString())
                                    .contains("OnFailure");
                            assertThat(it.path("FunctionName").toString()).contains(":live");
                        });
    }

    @Test
    void only_the_processor_s_mapping_has_a_filter() {
        assertThat(
                        dev.one(MAPPING, "WorkMappingsProcessor")
                                .at("/FilterCriteria/Filters/0/Pattern")
                                .asText())
                .isEqualTo(StreamDelivery.ACCEPTED_OR_DUE_LATER.strip());
        assertThat(dev.one(MAPPING, "WorkMappingsNotifier").has("FilterCriteria")).isFalse();
        assertThat(dev.one(MAPPING, "WorkMappingsActivity").has("FilterCriteria")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TablesRequests,    owner,    id,           expiresAt, true",
        "TablesUsers,       key,      '',           expiresAt, true",
        "TablesConnections, topic,    connectionId, expiresAt, false",
        "TablesActivity,    username, sequence,     expiresAt, false",
    })
    void table_is_on_demand_recoverable_and_matches_its_definition(
            String id, String partition, String sort, String expiry, boolean streams) {
        JsonNode table = prod.one("AWS::DynamoDB::Table", id);

        assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
        assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled"))
                .hasToString("true");
        assertThat(table.path("DeletionProtectionEnabled").asBoolean()).isTrue();
        assertThat(table.at("/KeySchema/0/AttributeName").asText()).isEqualTo(partition);
        assertThat(table.at("/KeySchema/1/AttributeName").asText()).isEqualTo(sort);
        assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo(expiry);
        assertThat(table.at("/StreamSpecification/StreamViewType").asText())
                .isEqualTo(streams ? "NEW_AND_OLD_IMAGES" : "");
    }

    @Test
    void tables_are_protected_unless_the_stage_is_dev() {
        assertThat(prod.resources("AWS::DynamoDB::Table").values())
                .allMatch(it -> it.path("DeletionPolicy").asText().equals("Retain"));
        assertThat(dev.resources("AWS::DynamoDB::Table").values())
                .allMatch(it -> it.path("DeletionPolicy").asText().equals("Delete"))
                .noneMatch(it -> it.at("/Properties/DeletionProtectionEnabled").asBoolean());
    }

    @Test
    void due_index_has_keys_only() {
        JsonNode index =
                dev.one("AWS::DynamoDB::Table", "TablesRequests").at("/GlobalSecondaryIndexes/0");

        assertThat(index.path("IndexName").asText()).isEqualTo("due");
        assertThat(index.at("/Projection/ProjectionType").asText()).isEqualTo("KEYS_ONLY");
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void functions_run_on_java_25_from_snapshots_with_limits_logs_and_traces(Synthesized stack) {
        Map<String, JsonNode> functions = stack.resources(FUNCTION);
        functions.values().removeIf(StackTest::isOfTheCdk);

        assertThat(functions.values())
                .hasSize(stack.equals(dev) ? 9 : 10)
                .extracting(it -> it.path("Properties"))
                .allSatisfy(
                        it -> {
                            assertThat(it.path("Runtime").asText()).isEqualTo("java25");
                            assertThat(it.path("Architectures").toString())
                                    .isEqualTo("[\"arm64\"]");
                            assertThat(it.at("/SnapStart/ApplyOn").asText())
                                    .isEqualTo("PublishedVersions");
                            assertThat(it.path("MemorySize").asInt()).isPositive();
                            assertThat(it.path("Timeout").asInt()).isPositive();
                            assertThat(it.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
                            assertThat(it.at("/LoggingConfig/LogFormat").asText())
                                    .isEqualTo("JSON");
                        });
    }

    private static boolean isOfTheCdk(JsonNode function) {
        return !function.at("/Properties/Handler").asText().startsWith("dev.statuswire");
    }

    @ParameterizedTest
    @CsvSource({
        "FunctionsSweeper, 1",
        "FunctionsWorker, 7",
        "FunctionsApi, 200",
        "FunctionsTokenAuthorizer, 50",
        "FunctionsTicketAuthorizer, 50",
        "FunctionsLive, 50"
    })
    void concurrency_of_functions_that_could_run_away_is_limited(String function, int most) {
        assertThat(prod.one(FUNCTION, function).path("ReservedConcurrentExecutions").asInt())
                .isEqualTo(most);
    }

    /**
     * Anyone can send anything to the APIs, including invalid tokens and tickets.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">Configuring
     *     reserved concurrency for a function</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void no_function_behind_api_gateway_can_use_up_the_account_s_concurrency(Synthesized stack) {
        List<String> called =
                stack.properties("AWS::Lambda::Permission").stream()
                        .filter(it -> it.path("Principal").asText().startsWith("apigateway"))
                        .map(it -> it.path("FunctionName").path("Ref").asText())
                        .map(alias -> alias.replaceAll("Alias.*", ""))
                        .distinct()
                        .toList();

        assertThat(called).hasSize(stack.equals(dev) ? 3 : 4);
        assertThat(called)
                .allSatisfy(
                        it ->
                                assertThat(
                                                stack.one(FUNCTION, it + "Function")
                                                        .path("ReservedConcurrentExecutions")
                                                        .asInt())
                                        .as(it)
                                        .isPositive());
    }

    /** An account always keeps 100 that are not reserved. */
    @Test
    void documentation_states_the_concurrency_that_the_account_needs() {
        int reserved =
                prod.properties(FUNCTION).stream()
                                .mapToInt(it -> it.path("ReservedConcurrentExecutions").asInt())
                                .sum()
                        - workers(prod)
                        + workers(dev);

        assertThat(Path.of("../../docs/reference/aws.md"))
                .content()
                .contains("an account needs " + (reserved + 100) + " in all");
    }

    private static int workers(Synthesized stack) {
        return stack.one(FUNCTION, "FunctionsWorker").path("ReservedConcurrentExecutions").asInt();
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void only_tracing_is_allowed_on_every_resource(Synthesized stack) {
        assertThat(statements(stack))
                .filteredOn(it -> it.path("Resource").toString().contains("\"*\""))
                .extracting(it -> it.path("Action").toString())
                .isNotEmpty()
                .containsOnly("[\"xray:PutTelemetryRecords\",\"xray:PutTraceSegments\"]");
        assertThat(statements(stack))
                .extracting(it -> it.path("Action").toString())
                .noneMatch(actions -> actions.contains("*"));
    }

    @Test
    void notifier_may_push_to_one_stage_of_one_api() {
        assertThat(statements(dev))
                .filteredOn(it -> it.path("Action").toString().contains("execute-api"))
                .hasSize(1)
                .allSatisfy(
                        it ->
                                assertThat(it.path("Resource").toString())
                                        .contains("LiveApi", "/live/POST/@connections/*")
                                        .contains("/live/DELETE/@connections/*"));
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void sweeper_may_scan_and_query_the_due_index_and_no_table(Synthesized stack) {
        List<JsonNode> database =
                statements(stack, "FunctionsSweeper").stream()
                        .filter(it -> it.path("Action").toString().contains("dynamodb:"))
                        .toList();

        assertThat(database)
                .extracting(it -> it.path("Action").toString())
                .containsExactlyInAnyOrder(
                        "[\"dynamodb:Query\",\"dynamodb:Scan\"]",
                        "[\"dynamodb:GetItem\",\"dynamodb:UpdateItem\"]");
        assertThat(database)
                .filteredOn(it -> it.path("Action").toString().contains("Scan"))
                .extracting(it -> it.path("Resource").at("/Fn::Join/1/1").asText())
                .containsExactly("/index/due");
        assertThat(database)
                .filteredOn(it -> it.path("Action").toString().contains("Item"))
                .extracting(it -> it.at("/Resource/Fn::GetAtt/1").asText())
                .containsExactly("Arn");
    }

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void api_may_read_write_delete_and_list_requests_and_query_the_due_index(Synthesized stack) {
        List<JsonNode> onRequests =
                statements(stack, "FunctionsApi").stream()
                        .filter(it -> it.path("Resource").toString().contains("TablesRequests"))
                        .toList();

        assertThat(onRequests)
                .filteredOn(it -> it.path("Resource").toString().contains("/index/due"))
                .extracting(it -> it.path("Action").toString())
                .containsExactly("\"dynamodb:Query\"");
        assertThat(onRequests)
                .filteredOn(it -> !it.path("Resource").toString().contains("/index/"))
                .extracting(it -> it.path("Action").toString())
                .containsExactly(
                        "[\"dynamodb:DeleteItem\",\"dynamodb:GetItem\",\"dynamodb:PutItem\","
                                + "\"dynamodb:Query\",\"dynamodb:UpdateItem\"]");
    }

    @Test
    void only_the_sweeper_may_scan_and_only_the_due_index() {
        assertThat(statements(dev))
                .filteredOn(it -> it.path("Action").toString().contains("dynamodb:Scan"))
                .hasSize(1)
                .allSatisfy(
                        it ->
                                assertThat(it.path("Resource").toString())
                                        .contains("TablesRequests", "\"/index/due\""));
    }

    @Test
    void gateway_may_read_and_write_one_item_of_the_requests_table() {
        assertThat(statements(dev, "RestApiDirect"))
                .extracting(it -> it.path("Action").asText())
                .containsExactlyInAnyOrder("dynamodb:UpdateItem", "dynamodb:GetItem");
        assertThat(statements(dev, "RestApiDirect"))
                .allMatch(it -> it.path("Resource").toString().contains("TablesRequests"));
    }

    @Test
    void processor_may_invoke_the_alias_of_the_worker() {
        assertThat(statements(dev))
                .filteredOn(it -> it.path("Action").toString().contains("lambda:"))
                .singleElement()
                .satisfies(
                        it ->
                                assertThat(it.path("Resource").toString())
                                        .contains("FunctionsWorker", ":live"));
    }

    /** Returns the statements of the stack's own roles, without those of the CDK's uploader. */
    private static List<JsonNode> statements(Synthesized stack) {
        return statements(stack, "");
    }

    private static List<JsonNode> statements(Synthesized stack, String idPrefix) {
        var statements = new ArrayList<JsonNode>();
        stack.resources("AWS::IAM::Role").entrySet().stream()
                .filter(role -> role.getKey().startsWith(idPrefix))
                .map(role -> role.getValue().at("/Properties/Policies/0/PolicyDocument/Statement"))
                .forEach(all -> all.forEach(statements::add));
        return statements;
    }

    @Test
    void requests_are_submitted_and_read_without_a_function() {
        assertThat(method(dev, "requestsidPUT").at("/Integration/Uri").toString())
                .contains("dynamodb:action/UpdateItem");
        assertThat(method(dev, "statusidGET").at("/Integration/Uri").toString())
                .contains("dynamodb:action/GetItem");
        assertThat(method(dev, "requestsidPUT").path("RequestModels").has("$default")).isTrue();
        assertThat(method(dev, "requestsidPUT").has("RequestValidatorId")).isTrue();
    }

    @Test
    void only_access_tokens_of_the_user_pool_are_accepted() {
        assertThat(guarded(dev))
                .allMatch(it -> it.path("AuthorizationType").asText().equals("COGNITO_USER_POOLS"))
                .allMatch(
                        it ->
                                it.path("AuthorizationScopes")
                                        .toString()
                                        .equals("[\"openid\",\"aws.cognito.signin.user.admin\"]"));
        assertThat(method(dev, "statusidGET").at("/Integration/RequestTemplates").toString())
                .contains("$context.authorizer.claims.sub");
    }

    /**
     * The function throws an exception for each token that it rejects, which API Gateway turns into
     * a 401.
     */
    @Test
    void rejected_token_raises_no_alarm() {
        assertThat(prod.properties("AWS::CloudWatch::Alarm").toString())
                .contains("FunctionsApi")
                .doesNotContain("TokenAuthorizer");
    }

    @Test
    void at_jwt_only_applies_to_every_check_of_tokens_of_an_own_issuer() {
        for (String function : List.of("FunctionsApi", "FunctionsTokenAuthorizer")) {
            assertThat(
                            prod.one(FUNCTION, function)
                                    .at("/Environment/Variables/STATUSWIRE_OIDC_AT_JWT_ONLY")
                                    .asText())
                    .as(function)
                    .isEqualTo("true");
        }
    }

    @Test
    void function_checks_tokens_of_an_own_issuer() {
        assertThat(guarded(prod))
                .allMatch(it -> it.path("AuthorizationType").asText().equals("CUSTOM"));
        assertThat(method(prod, "statusidGET").at("/Integration/RequestTemplates").toString())
                .contains("$context.authorizer.principalId");
        assertThat(
                        prod.one("AWS::ApiGateway::Authorizer", "Login")
                                .path("AuthorizerResultTtlInSeconds")
                                .asInt())
                .isBetween(1, 300);
    }

    @Test
    void only_public_calls_of_the_contract_need_no_token() {
        List<String> open =
                dev.resources(METHOD).entrySet().stream()
                        .filter(
                                it ->
                                        it.getValue()
                                                .at("/Properties/AuthorizationType")
                                                .asText()
                                                .equals("NONE"))
                        .filter(
                                it ->
                                        !it.getValue()
                                                .at("/Properties/HttpMethod")
                                                .asText()
                                                .equals("OPTIONS"))
                        .map(it -> it.getKey().replaceAll("^RestApi|ANY.*$", ""))
                        .toList();

        assertThat(open)
                .containsExactlyInAnyOrder(
                        "types",
                        "openapiyaml",
                        "asyncapiyaml",
                        "problemskind",
                        "health",
                        "metrics",
                        "identity",
                        "linkssecretstatus",
                        "linkssecretanswer",
                        "linkssecrettickets");
    }

    private static List<JsonNode> guarded(Synthesized stack) {
        return stack.properties(METHOD).stream()
                .filter(it -> !it.path("AuthorizationType").asText().equals("NONE"))
                .toList();
    }

    private static JsonNode method(Synthesized stack, String idPart) {
        return stack.one(METHOD, "RestApi" + idPart);
    }

    /**
     * API Gateway itself rejects credentials that cannot be a signed JWT.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html">Configure
     *     a Lambda authorizer, Token validation</a>
     */
    @ParameterizedTest
    @CsvSource({
        "Bearer eyJhbGciOi.eyJpc3Mi-_.c2lnbmF0dXJl_-, true",
        "bearer a.b.c,                                true",
        "BEARER   a.b.c,                              true",
        "Bearer a.b,                                  false",
        "Bearer a.b.c.d.e,                            false",
        "Bearer a..c,                                 false",
        "Bearer a.b.,                                 false",
        "Bearer a.b.c=,                               false",
        "Bearer a.b.c d.e.f,                          false",
        "Bearer a.b.c;x,                              false",
        "Bearer opaque,                               false",
        "Basic a.b.c,                                 false",
        "a.b.c,                                       false",
        "Bearer,                                      false"
    })
    void token_authorizer_is_invoked_only_for_possible_tokens(String credentials, boolean asked) {
        String pattern =
                prod.one("AWS::ApiGateway::Authorizer", "Login")
                        .path("IdentityValidationExpression")
                        .asText();

        assertThat(Pattern.compile(pattern).matcher(credentials).find()).isEqualTo(asked);
        assertThat(BearerCredentials.parseToken(credentials).isPresent() || !asked).isTrue();
    }

    @Test
    void each_live_route_may_invoke_its_function_and_three_send_responses() {
        assertThat(dev.properties("AWS::ApiGatewayV2::Route"))
                .extracting(it -> it.path("RouteKey").asText())
                .containsExactlyInAnyOrder(
                        "$connect", "$disconnect", "$default", "subscribe", "ping");
        assertThat(dev.properties("AWS::Lambda::Permission"))
                .filteredOn(it -> it.path("FunctionName").toString().contains("FunctionsLive"))
                .filteredOn(it -> it.path("Principal").asText().equals("apigateway.amazonaws.com"))
                .hasSize(5);
        assertThat(dev.properties("AWS::ApiGatewayV2::RouteResponse")).hasSize(3);
        assertThat(dev.one("AWS::ApiGatewayV2::Authorizer", "LiveApi").path("IdentitySource"))
                .hasToString("[\"route.request.querystring.ticket\"]");
    }

    @Test
    void tickets_are_never_logged() {
        assertThat(
                        dev.one("AWS::ApiGatewayV2::Stage", "LiveApi")
                                .path("AccessLogSettings")
                                .toString())
                .doesNotContainIgnoringCase("querystring");
        assertThat(
                        dev.one("AWS::CloudFront::Distribution", "Page")
                                .at("/DistributionConfig")
                                .has("Logging"))
                .isFalse();
    }

    @Test
    void page_api_and_sockets_have_one_origin() {
        JsonNode config =
                dev.one("AWS::CloudFront::Distribution", "Page").path("DistributionConfig");
        JsonNode files = config.at("/DefaultCacheBehavior/TargetOriginId");
        var patterns = new ArrayList<String>();
        config.path("CacheBehaviors").forEach(it -> patterns.add(it.path("PathPattern").asText()));

        assertThat(patterns).contains("/requests", "/requests/*", "/status/*", "/live");
        assertThat(config.path("CacheBehaviors"))
                .filteredOn(it -> !it.path("TargetOriginId").equals(files))
                .hasSize(ApiPaths.PATTERNS.size() + 1)
                .allMatch(it -> !it.path("Compress").asBoolean())
                .allMatch(it -> it.path("ViewerProtocolPolicy").asText().equals("https-only"));
    }

    @Test
    void client_module_may_be_imported_by_every_page() {
        JsonNode headers = answerHeaders(dev, "/client/*");

        assertThat(headers.at("/CorsConfig/AccessControlAllowOrigins/Items").toString())
                .isEqualTo("[\"*\"]");
        assertThat(headers.at("/CustomHeadersConfig/Items").findValuesAsText("Header"))
                .contains("Cross-Origin-Resource-Policy");
    }

    @Test
    void pages_of_other_origins_may_call_only_if_allowed() {
        assertThat(answerHeaders(dev, "/requests/*").has("CorsConfig")).isFalse();
        JsonNode cors = answerHeaders(prod, "/requests/*").path("CorsConfig");

        assertThat(cors.at("/AccessControlAllowOrigins/Items").toString())
                .isEqualTo("[\"https://shop.example.com\",\"https://a.example.org\"]");
        assertThat(cors.at("/AccessControlAllowHeaders/Items").toString())
                .contains("Authorization", "If-None-Match");
        assertThat(cors.path("AccessControlAllowCredentials").asBoolean()).isFalse();
        assertThat(
                        prod.one(FUNCTION, "FunctionsApi")
                                .at("/Environment/Variables/STATUSWIRE_ALLOWED_ORIGINS")
                                .asText())
                .isEqualTo(
                        "https://status.example.com,https://shop.example.com,https://a.example.org");
    }

    @Test
    void preflight_requests_need_no_token() {
        assertThat(dev.properties(METHOD))
                .filteredOn(it -> it.path("HttpMethod").asText().equals("OPTIONS"))
                .hasSizeGreaterThan(5)
                .allMatch(it -> it.path("AuthorizationType").asText().equals("NONE"))
                .allMatch(it -> it.toString().contains("FunctionsApi"));
    }

    @Test
    void page_has_the_same_headers_as_in_the_local_runtime() {
        JsonNode headers =
                dev.one("AWS::CloudFront::ResponseHeadersPolicy", "PageSecurityHeaders")
                        .path("ResponseHeadersPolicyConfig");
        var custom = new HashMap<String, String>();
        headers.at("/CustomHeadersConfig/Items")
                .forEach(it -> custom.put(it.path("Header").asText(), it.path("Value").asText()));

        assertThat(custom).isEqualTo(PageSecurityPolicy.ISOLATION);
        assertThat(
                        headers.at("/SecurityHeadersConfig/ContentSecurityPolicy")
                                .path("ContentSecurityPolicy")
                                .toString())
                .contains("trusted-types lit-html");
    }

    /** Returns the headers that CloudFront adds to responses for a path pattern. */
    private static JsonNode answerHeaders(Synthesized stack, String pattern) {
        String id =
                stack.one("AWS::CloudFront::Distribution", "Page")
                        .at("/DistributionConfig/CacheBehaviors")
                        .valueStream()
                        .filter(it -> it.path("PathPattern").asText().equals(pattern))
                        .map(it -> it.at("/ResponseHeadersPolicyId/Ref").asText())
                        .findFirst()
                        .orElseThrow();
        return stack.one("AWS::CloudFront::ResponseHeadersPolicy", id)
                .path("ResponseHeadersPolicyConfig");
    }

    @Test
    void sweeper_is_invoked_every_minute() {
        assertThat(dev.one("AWS::Events::Rule", "Work").path("ScheduleExpression").asText())
                .isEqualTo("rate(1 minute)");
    }

    @Test
    void each_alarm_has_its_entry_in_the_documentation() {
        List<String> headings =
                Stream.of(dev)
                        .flatMap(it -> it.properties("AWS::CloudWatch::Alarm").stream())
                        .map(it -> it.path("AlarmName").asText())
                        .map(name -> "### " + name.replace("statuswire-dev-", "") + "\n")
                        .toList();

        assertThat(headings).hasSizeGreaterThan(10);
        assertThat(Path.of("../../docs/guide/operate.md")).content().contains(headings);
    }

    @Test
    void one_unreadable_item_in_five_minutes_raises_an_alarm() {
        assertThat(dev.properties("AWS::CloudWatch::Alarm"))
                .filteredOn(it -> it.path("AlarmName").asText().equals("statuswire-dev-unreadable"))
                .singleElement()
                .satisfies(
                        alarm -> {
                            assertThat(alarm.path("Namespace").asText()).isEqualTo("Statuswire");
                            assertThat(alarm.path("MetricName").asText()).isEqualTo("unreadable");
                            assertThat(alarm.path("Dimensions").toString())
                                    .isEqualTo(
                                            "[{\"Name\":\"kind\",\"Value\":\"item\"},"
                                                    + "{\"Name\":\"stage\",\"Value\":\"dev\"}]");
                            assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
                            assertThat(alarm.path("Period").asInt()).isEqualTo(300);
                            assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
                            assertThat(alarm.path("Threshold").asInt()).isEqualTo(1);
                            assertThat(alarm.path("TreatMissingData").asText())
                                    .isEqualTo("notBreaching");
                        });
    }

    @Test
    void dashboard_shows_unreadable_items_and_every_other_counter_but_retried() {
        String body = dev.properties("AWS::CloudWatch::Dashboard").getFirst().toString();

        assertThat(body).contains("Unreadable items");
        for (Counter counter : Counter.values()) {
            if (counter != Counter.RETRIED) {
                assertThat(body)
                        .contains("MetricName=\\\\\\\"%s\\\\\\\"".formatted(counter.metric()));
            }
        }
    }

    @Test
    void alarms_notify_the_topic_if_there_is_one() {
        assertThat(prod.properties("AWS::CloudWatch::Alarm"))
                .allMatch(it -> it.path("AlarmActions").size() == 1);
    }
}
