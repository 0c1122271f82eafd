package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.identity.OidcSettings;
import dev.statuswire.identity.testing.Issuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication of callers, and the isolation of owners from each other. */
final class IdentityTest {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private static final String AUDIENCE = "statuswire";
    private static final String BODY = "{\"type\":\"test-order\",\"input\":{\"dish\":\"soup\"}}";

    /** Shared by the tests that change neither the issuer nor its server. */
    private static final Issuer ISSUER = new Issuer();

    private static final ApiServer SERVER = server(ISSUER);

    private final ApiClient client = SERVER.client();

    /** Makes the users unique to each test. */
    private final String surname = UUID.randomUUID().toString();

    private static ApiServer server(Issuer issuer) {
        return ApiServer.over(
                LOCAL.client(),
                LOCAL.newRequestsTable(),
                parts ->
                        parts.identity =
                                Authentication.of(
                                        OidcSettings.of(issuer.address(), AUDIENCE),
                                        Issuer.PATIENT,
                                        InstantSource.system(),
                                        SteadyClock.OF_PROCESS));
    }

    @AfterAll
    static void close() {
        SERVER.close();
        ISSUER.close();
    }

    /** A call that needs an owner. */
    record Call(String method, String path, @Nullable String body) {

        Answer by(ApiClient client, String... headers) {
            var all = Stream.concat(Stream.of(headers), contentType()).toArray(String[]::new);
            return client.send(
                    method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), all);
        }

        private Stream<String> contentType() {
            return body == null ? Stream.of() : Stream.of("Content-Type", "application/json");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Call> calls() {
        String id = "id-of-a-request";
        return List.of(
                new Call("PUT", "/requests/" + id, BODY),
                new Call("POST", "/requests", BODY),
                new Call("GET", "/requests", null),
                new Call("GET", "/status/" + id, null),
                new Call("HEAD", "/status/" + id, null),
                new Call("POST", "/requests/" + id + "/cancel", null),
                new Call("POST", "/requests/" + id + "/retry", null),
                new Call("POST", "/live/tickets", null),
                new Call("GET", "/users/ada/activity", null));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_without_a_token_is_401_with_a_challenge(Call call) {
        Answer answer = call.by(client);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"statuswire\"");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_with_a_token_is_authenticated(Call call) {
        assertThat(call.by(client, bearer("ada")).status()).isNotEqualTo(401).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/types",
                "/identity",
                "/health",
                "/metrics",
                "/openapi.yaml",
                "/asyncapi.yaml"
            })
    void public_paths_need_no_token(String path) {
        assertThat(client.get(path).status()).isEqualTo(200);
    }

    @Test
    void identity_names_the_issuer_and_the_client() {
        assertThat(client.get("/identity").json())
                .isEqualTo(
                        Json.MAPPER
                                .createObjectNode()
                                .put("issuer", ISSUER.address().toString())
                                .put("clientId", AUDIENCE)
                                .put("scope", "openid"));
    }

    @Test
    void caller_is_authenticated_before_the_call_is_validated() {
        assertThat(client.putJson("/requests/short", "no JSON").status()).isEqualTo(401);
        assertThat(client.get("/requests?limit=many").status()).isEqualTo(401);
    }

    @Test
    void preflight_of_an_allowed_page_needs_no_token() {
        assertThat(client.send("OPTIONS", "/requests", null).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer {\"alg\":\"none\"}",
                "bearer \"a\""
            })
    void bearer_without_exactly_one_token_is_400(String header) {
        Answer answer = client.get("/requests", "Authorization", header);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"statuswire\", error=\"invalid_request\"");
    }

    @Test
    void two_tokens_are_400() {
        String token = "Bearer " + ISSUER.tokenOf("ada", AUDIENCE);

        Answer answer = client.get("/requests", "Authorization", token, "Authorization", token);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRhOnNlY3JldA==", "bearer-token", "DPoP abc", "Bearerabc"})
    void another_scheme_is_401_without_an_error_code(String header) {
        Answer answer = client.get("/requests", "Authorization", header);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"statuswire\"");
    }

    @Test
    void id_token_is_401() {
        refused(ISSUER.signed(ISSUER.claims(AUDIENCE).claim("nonce", "n-0S6").build()));
        refused(ISSUER.signed(ISSUER.claims(AUDIENCE).claim("token_use", "id").build()));
    }

    @Test
    void subject_with_an_unpaired_surrogate_or_replacement_character_is_401() {
        String claims = ISSUER.claims(AUDIENCE).subject("SUBJECT").build().toString();
        for (String subject : List.of("\\ud800", "\\udc00", "\\ufffd")) {
            refused(ISSUER.signed(claims.replace("SUBJECT", subject)));
        }
    }

    @Test
    void expired_token_is_401() {
        refused(ISSUER.tokenUntil(in(-61), AUDIENCE));
    }

    @Test
    void token_that_expired_less_than_a_minute_ago_is_accepted() {
        String late = ISSUER.tokenUntil(in(-30), AUDIENCE);

        assertThat(with(late).status()).isEqualTo(200);
    }

    @Test
    void token_for_another_audience_is_401() {
        refused(ISSUER.tokenOf("ada", "another"));
    }

    @Test
    void token_of_another_issuer_is_401() {
        refused(ISSUER.tokenSaying("https://elsewhere.example.org", AUDIENCE));
    }

    @Test
    void token_signed_with_another_issuers_key_is_401() {
        try (var other = new Issuer()) {
            other.rotate();
            refused(ISSUER.tokenSignedBy(other, AUDIENCE));
        }
    }

    @Test
    void token_without_a_signature_is_401() {
        refused(ISSUER.tokenUnsigned(AUDIENCE));
    }

    @Test
    void token_signed_with_the_issuers_next_key_is_accepted() {
        try (var issuer = new Issuer();
                var server = server(issuer)) {
            assertThat(with(issuer.tokenOf("ada", AUDIENCE), server).status()).isEqualTo(200);

            issuer.rotate();

            assertThat(with(issuer.tokenOf("ada", AUDIENCE), server).status()).isEqualTo(200);
        }
    }

    @Test
    void token_is_503_with_retry_after_if_the_issuer_was_never_reachable() {
        var issuer = new Issuer();
        try (var server = server(issuer)) {
            String token = issuer.tokenOf("ada", AUDIENCE);
            issuer.close();

            Answer answer = with(token, server);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.json().get("type").asText())
                    .isEqualTo("/problems/issuer-unreachable");
        }
    }

    @Test
    void cached_keys_are_used_while_the_issuer_is_down() {
        var issuer = new Issuer();
        try (var server = server(issuer)) {
            String token = issuer.tokenOf("ada", AUDIENCE);
            assertThat(with(token, server).status()).isEqualTo(200);

            issuer.close();

            assertThat(with(token, server).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void request_of_another_owner_looks_like_one_that_does_not_exist(Call call) {
        String adasId = ApiClient.newId();
        assertThat(client.putJson("/requests/" + adasId, BODY, bearer("ada")).status())
                .isEqualTo(202);
        Call toExisting = withId(call, adasId);
        Call toUnknown = withId(call, ApiClient.newId());

        Answer existing = toExisting.by(client, bearer("bob"));
        Answer unknown = toUnknown.by(client, bearer("bob"));

        assertThat(existing.status()).isEqualTo(unknown.status());
        assertThat(comparable(existing, toExisting)).isEqualTo(comparable(unknown, toUnknown));
        assertThat(status(adasId, "ada")).isEqualTo("ACCEPTED");
        assertThat(client.get("/requests", bearer("ada")).json().get("requests")).hasSize(1);
    }

    @Test
    void list_shows_only_the_callers_own_requests() {
        String adasId = submitted("ada");
        String his = submitted("bob");

        assertThat(ids("ada")).containsExactly(adasId);
        assertThat(ids("bob")).containsExactly(his);
        assertThat(ids("eve")).isEmpty();
    }

    @Test
    void cursor_of_another_owners_list_reveals_nothing() {
        submitted("ada");
        submitted("ada");
        String cursor =
                client.get("/requests?limit=1", bearer("ada")).json().get("next").textValue();

        Answer page = client.get("/requests?cursor=" + cursor, bearer("bob"));

        assertThat(page.body()).doesNotContain("soup");
        assertThat(page.status() == 400 || page.json().get("requests").isEmpty()).isTrue();
    }

    private String submitted(String person) {
        String id = ApiClient.newId();
        assertThat(client.putJson("/requests/" + id, BODY, bearer(person)).status()).isEqualTo(202);
        return id;
    }

    private List<String> ids(String person) {
        return client.get("/requests", bearer(person)).json().findValuesAsText("id");
    }

    private String status(String id, String person) {
        return client.get("/status/" + id, bearer(person)).json().get("status").asText();
    }

    private static Call withId(Call call, String id) {
        return new Call(call.method(), call.path().replace("id-of-a-request", id), call.body());
    }

    /** Replaces ids and times, which differ from call to call. */
    private static String comparable(Answer answer, Call call) {
        String id = call.path().replaceAll("/(requests|status)/?|/(cancel|retry)", "");
        String body = id.isEmpty() ? answer.body() : answer.body().replace(id, "ID");
        return body.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
    }

    private static void refused(String token) {
        Answer answer = with(token);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"statuswire\", error=\"invalid_token\"");
        assertThat(answer.body()).doesNotContain("eyJ");
    }

    private static Answer with(String token) {
        return with(token, SERVER);
    }

    private static Answer with(String token, ApiServer server) {
        return server.client().get("/requests", "Authorization", "Bearer " + token);
    }

    private String[] bearer(String person) {
        return new String[] {
            "Authorization", "Bearer " + ISSUER.tokenOf(person + surname, AUDIENCE)
        };
    }

    private static Instant in(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }
}
