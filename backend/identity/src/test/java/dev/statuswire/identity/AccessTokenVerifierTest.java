package dev.statuswire.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.identity.TokenVerdict.Identified;
import dev.statuswire.identity.TokenVerdict.Refused;
import dev.statuswire.identity.TokenVerdict.Undecided;
import dev.statuswire.identity.testing.Issuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTokenVerifierTest {

    private static final String AUDIENCE = "statuswire";

    /** Shared by the tests that do not close it. A test may leave it with another key. */
    private static final Issuer ISSUER = new Issuer();

    private final AccessTokenVerifier tokens = tokens(InstantSource.system());

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    private static AccessTokenVerifier tokens(InstantSource clock) {
        return tokens(Issuer.PATIENT, clock, SteadyClock.OF_PROCESS);
    }

    private static AccessTokenVerifier tokens(
            AccessTokenVerifier.Keys keys, InstantSource clock, InstantSource steady) {
        return new AccessTokenVerifier(
                OidcSettings.of(ISSUER.address(), AUDIENCE), keys, clock, steady);
    }

    private static AccessTokenVerifier tokensOf(Issuer issuer) {
        return new AccessTokenVerifier(
                OidcSettings.of(issuer.address(), AUDIENCE),
                Issuer.PATIENT,
                InstantSource.system(),
                SteadyClock.OF_PROCESS);
    }

    private TokenVerdict verdictOn(UnaryOperator<JWTClaimsSet.Builder> change) {
        return tokens.check(ISSUER.signed(change.apply(ISSUER.claims(AUDIENCE)).build()));
    }

    private String good() {
        return ISSUER.signed(ISSUER.claims(AUDIENCE).build());
    }

    @Test
    void token_without_audience_is_accepted_if_its_client_is_an_accepted_audience() {
        var cognito =
                verdictOn(claims -> claims.audience((String) null).claim("client_id", AUDIENCE));
        var another =
                verdictOn(claims -> claims.audience((String) null).claim("client_id", "other"));
        var both = verdictOn(claims -> claims.audience("other").claim("client_id", AUDIENCE));

        assertThat(cognito).isInstanceOf(Identified.class);
        assertThat(another).isInstanceOf(Refused.class);
        assertThat(both).isInstanceOf(Refused.class);
    }

    @Test
    void token_for_any_of_several_audiences_is_accepted_and_for_another_is_not() {
        var settings =
                new OidcSettings(
                        ISSUER.address(), List.of(AUDIENCE, "machines"), "page", "openid", false);
        var several =
                new AccessTokenVerifier(
                        settings, Issuer.PATIENT, InstantSource.system(), SteadyClock.OF_PROCESS);

        for (String audience : List.of(AUDIENCE, "machines")) {
            assertThat(several.check(ISSUER.tokenOf("ada", audience)))
                    .isInstanceOf(Identified.class);
            assertThat(several.check(ISSUER.signed(ofClient(audience))))
                    .isInstanceOf(Identified.class);
        }
        for (String audience : List.of("other", AUDIENCE + ",machines", "page")) {
            assertThat(several.check(ISSUER.tokenOf("ada", audience))).isInstanceOf(Refused.class);
            assertThat(several.check(ISSUER.signed(ofClient(audience))))
                    .isInstanceOf(Refused.class);
        }
    }

    private JWTClaimsSet ofClient(String client) {
        return ISSUER.claims(AUDIENCE).audience((String) null).claim("client_id", client).build();
    }

    @Test
    void token_of_the_issuer_identifies_its_subject() {
        assertThat(tokens.check(good()))
                .isInstanceOfSatisfying(
                        Identified.class, it -> assertThat(it.subject()).isEqualTo("ada"));
    }

    /**
     * Tokens that the issuer signs for the client when a user logs in. They must not give access to
     * the API.
     */
    @ParameterizedTest
    @CsvSource({
        "token_use, id",
        "token_use, refresh",
        "token_use, ACCESS",
        "token_use, ''",
        "nonce, n-0S6_WzA2Mj",
        "nonce, ''",
        "at_hash, 77QmUPtjPfzWtF2AnpK9RQ",
        "c_hash, LDktKdoQak3Pk0cnXxCltA",
        "events, http://schemas.openid.net/event/backchannel-logout"
    })
    void id_token_and_logout_token_are_refused(String claim, String value) {
        assertThat(verdictOn(claims -> claims.claim(claim, value))).isInstanceOf(Refused.class);
    }

    @Test
    void access_token_of_cognito_is_accepted() {
        var access =
                verdictOn(
                        claims ->
                                claims.audience((String) null)
                                        .claim("client_id", AUDIENCE)
                                        .claim("token_use", "access")
                                        .claim("scope", "openid")
                                        .claim("auth_time", 1_700_000_000));
        assertThat(access).isInstanceOf(Identified.class);
    }

    @Test
    void token_use_that_is_not_a_string_is_refused() {
        assertThat(verdictOn(claims -> claims.claim("token_use", List.of("access"))))
                .isInstanceOf(Refused.class);
        assertThat(verdictOn(claims -> claims.claim("token_use", true)))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"JWT", "jwt", "application/jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void type_of_an_access_token_or_of_any_jwt_is_accepted(@Nullable String type) {
        assertThat(tokens.check(typed(type))).isInstanceOf(Identified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"logout+jwt", "id+jwt", "secevent+jwt", "dpop+jwt", "JWT ", "at+jwt;x", ""})
    void another_type_is_refused_and_not_repeated(String type) {
        assertThat(tokens.check(typed(type)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                "The typ header is not that of an access token"));
    }

    @Test
    void type_of_rfc_9068_can_be_required() {
        var settings =
                new OidcSettings(ISSUER.address(), List.of(AUDIENCE), AUDIENCE, "openid", true);
        var strict =
                new AccessTokenVerifier(
                        settings, Issuer.PATIENT, InstantSource.system(), SteadyClock.OF_PROCESS);

        for (String type : List.of("at+jwt", "AT+jwt", "application/at+jwt")) {
            assertThat(strict.check(typed(type))).isInstanceOf(Identified.class);
        }
        for (String type : List.of("JWT", "application/jwt")) {
            assertThat(strict.check(typed(type))).isInstanceOf(Refused.class);
        }
        assertThat(strict.check(typed(null))).isInstanceOf(Refused.class);
    }

    private String typed(@Nullable String type) {
        return ISSUER.signed(ISSUER.claims(AUDIENCE).build(), type);
    }

    /**
     * Each of these subjects would be stored as the same owner as another subject, or as no owner.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udc00",
                "ada\\ud83d",
                "\\udf5c\\ud83c",
                "\\ufffd",
                "a\\u0000b",
                "a\\nb",
                "a\\tb",
                "a\\u007fb",
                "a\\u0085b",
                " ",
                "\\u2003",
                "\\u00a0",
                "\\u2007 \\u202f"
            })
    void subject_that_does_not_identify_one_owner_is_refused(String escaped) {
        assertThat(tokens.check(ISSUER.signed(claimsOf(escaped))))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo("JWT sub claim is not a valid owner"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "1e3", "true", "[\"ada\"]", "{}", "null"})
    void subject_that_is_not_a_string_is_refused(String subject) {
        String claims = claimsOf("SUBJECT").replace("\"SUBJECT\"", subject);

        assertThat(tokens.check(ISSUER.signed(claims))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iss", "aud"})
    void claim_that_is_null_counts_as_missing(String name) {
        var claims = ISSUER.claims(AUDIENCE).build().toJSONObject();
        claims.put(name, null);

        assertThat(tokens.check(ISSUER.signed(JSONObjectUtils.toJSONString(claims))))
                .isInstanceOf(Refused.class);
    }

    private String claimsOf(String escapedSubject) {
        String claims = ISSUER.claims(AUDIENCE).subject("SUBJECT").build().toString();
        return claims.replace("SUBJECT", escapedSubject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?", "a#b", "a/b", "auth0|5f7c", "ada lovelace", "\ud83c\udf5c", "\u4e2d"})
    void any_other_subject_is_the_owner(String subject) {
        assertThat(verdictOn(claims -> claims.subject(subject)))
                .isInstanceOfSatisfying(
                        Identified.class, who -> assertThat(who.subject()).isEqualTo(subject));
    }

    @Test
    void length_of_a_subject_is_counted_in_characters_not_in_surrogates() {
        String noodles = "\ud83c\udf5c";
        assertThat(verdictOn(claims -> claims.subject(noodles.repeat(255))))
                .isInstanceOf(Identified.class);
        assertThat(verdictOn(claims -> claims.subject(noodles.repeat(256))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void expired_token_is_refused_once_the_skew_is_over() {
        String token = good();
        Instant end = ((Identified) tokens.check(token)).expiresAt();

        assertThat(tokens(() -> end.plusSeconds(59)).check(token)).isInstanceOf(Identified.class);
        assertThat(tokens(() -> end.plusSeconds(61)).check(token)).isInstanceOf(Refused.class);
    }

    @Test
    void token_for_another_audience_is_refused() {
        assertThat(verdictOn(claims -> claims.audience("another"))).isInstanceOf(Refused.class);
    }

    @Test
    void token_of_another_issuer_is_refused() {
        URI other = ISSUER.address().resolve("others");

        assertThat(verdictOn(claims -> claims.issuer(other.toString())))
                .isInstanceOf(Refused.class);
    }

    @Test
    void token_without_a_valid_subject_or_an_expiry_time_is_refused() {
        assertThat(verdictOn(claims -> claims.subject(null))).isInstanceOf(Refused.class);
        assertThat(verdictOn(claims -> claims.subject(""))).isInstanceOf(Refused.class);
        assertThat(verdictOn(claims -> claims.subject("a".repeat(256))))
                .isInstanceOf(Refused.class);
        assertThat(verdictOn(claims -> claims.expirationTime(null))).isInstanceOf(Refused.class);
    }

    @Test
    void token_signed_with_another_key_is_refused_even_if_the_key_has_the_same_id() {
        RSAKey stranger = ISSUER.nextKey();
        RSAKey namesake = new RSAKey.Builder(stranger).keyID(ISSUER.key().getKeyID()).build();
        JWTClaimsSet claims = ISSUER.claims(AUDIENCE).build();

        assertThat(tokens.check(Issuer.signed(claims, namesake))).isInstanceOf(Refused.class);
        assertThat(tokens.check(Issuer.signed(claims, stranger))).isInstanceOf(Refused.class);
    }

    @Test
    void unsigned_token_is_refused() {
        var unsigned = new PlainJWT(ISSUER.claims(AUDIENCE).build());

        assertThat(tokens.check(unsigned.serialize())).isInstanceOf(Refused.class);
    }

    /** A known attack: the token is signed with the public key as if it were a shared secret. */
    @Test
    void token_signed_with_the_public_key_as_a_secret_is_refused() throws JOSEException {
        byte[] secret = ISSUER.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        var header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ISSUER.key().getKeyID()).build();
        var token = new SignedJWT(header, ISSUER.claims(AUDIENCE).build());
        token.sign(new MACSigner(secret));

        assertThat(tokens.check(token.serialize())).isInstanceOf(Refused.class);
    }

    @Test
    void text_that_is_not_a_token_is_refused() {
        for (String text : new String[] {"", "ada", "a.b.c", "..", "x".repeat(20_000)}) {
            assertThat(tokens.check(text)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void reason_of_a_refusal_contains_nothing_from_the_token() {
        assertThat(tokens.check("secret.secret.secret").toString()).doesNotContain("secret");
    }

    @Test
    void new_key_of_the_issuer_is_found_and_the_old_one_is_no_longer_accepted() {
        String old = good();
        assertThat(tokens.check(old)).isInstanceOf(Identified.class);
        ISSUER.rotate();

        assertThat(tokens.check(good())).isInstanceOf(Identified.class);
        assertThat(tokens.check(old)).isInstanceOf(Refused.class);
    }

    @Test
    void keys_are_looked_up_again_once_their_time_in_the_cache_has_passed_on_the_steady_clock() {
        var steady = new AtomicReference<>(Instant.EPOCH);
        var kept = tokens(Issuer.PATIENT, InstantSource.system(), steady::get);
        String old = good();
        assertThat(kept.check(old)).isInstanceOf(Identified.class);
        ISSUER.rotate();

        steady.updateAndGet(now -> now.plusSeconds(299));
        assertThat(kept.check(old)).isInstanceOf(Identified.class);
        steady.updateAndGet(now -> now.plusSeconds(2));
        assertThat(kept.check(old)).isInstanceOf(Refused.class);
    }

    @Test
    void unknown_keys_are_looked_up_again_once_the_interval_has_passed_on_the_steady_clock() {
        var steady = new AtomicReference<>(Instant.EPOCH);
        var limited =
                tokens(
                        new AccessTokenVerifier.Keys(
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(10),
                                Duration.ofHours(4),
                                Duration.ofSeconds(30)),
                        InstantSource.system(),
                        steady::get);
        for (int rotation = 0; rotation < 2; rotation++) {
            assertThat(limited.check(good())).isInstanceOf(Identified.class);
            ISSUER.rotate();
        }
        assertThat(limited.check(good())).isNotInstanceOf(Identified.class);
        steady.updateAndGet(now -> now.plusSeconds(10));
        assertThat(limited.check(good())).isInstanceOf(Identified.class);
    }

    @Test
    void known_keys_are_still_used_while_the_issuer_is_down() {
        var issuer = new Issuer();
        AccessTokenVerifier tokens = tokensOf(issuer);
        String token = issuer.tokenOf("ada", AUDIENCE);
        tokens.check(token);
        issuer.close();

        assertThat(tokens.check(token)).isInstanceOf(Identified.class);
    }

    @Test
    void token_is_undecided_while_no_key_is_known() {
        var issuer = new Issuer();
        String token = issuer.tokenOf("ada", AUDIENCE);
        issuer.close();

        assertThat(tokensOf(issuer).check(token)).isInstanceOf(Undecided.class);
    }

    @Test
    void issuer_whose_discovery_document_names_another_issuer_is_not_trusted() {
        URI alias = URI.create(ISSUER.address().toString().replace("localhost", "127.0.0.1"));
        var settings = OidcSettings.of(alias, AUDIENCE);
        var suspicious =
                new AccessTokenVerifier(
                        settings, Issuer.PATIENT, InstantSource.system(), SteadyClock.OF_PROCESS);
        String token =
                ISSUER.signed(ISSUER.claims(AUDIENCE).issuer(ISSUER.address().toString()).build());

        assertThat(suspicious.check(token)).isNotInstanceOf(Identified.class);
    }
}
