package dev.statuswire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.identity.TokenVerdict.Identified;
import dev.statuswire.identity.TokenVerdict.Refused;
import dev.statuswire.identity.TokenVerdict.Undecided;
import dev.statuswire.identity.testing.Issuer;
import dev.statuswire.identity.testing.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * How the keys of an issuer are found and cached, regardless of what the issuer publishes and what
 * other callers send.
 */
final class IssuerKeysTest {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final RSAKey FIRST = SigningKeys.number(0);
    private static final RSAKey SECOND = SigningKeys.number(1);
    private static final RSAKey INVENTED = SigningKeys.number(2);

    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicReference<String> discovery = new AtomicReference<>();
    private final AtomicReference<RSAKey> published = new AtomicReference<>(FIRST);
    private final AtomicReference<String> keySet = new AtomicReference<>("{\"keys\":[GOOD]}");
    private final AtomicReference<Instant> steady = new AtomicReference<>(Instant.EPOCH);
    private final Map<RSAKey, String> signed = new ConcurrentHashMap<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.statuswire.identity");
    private final HttpServer server = start();
    private final URI issuer =
            URI.create("http://localhost:" + server.getAddress().getPort() + "/people");
    private final AccessTokenVerifier tokens =
            new AccessTokenVerifier(
                    OidcSettings.of(issuer, "statuswire"),
                    new AccessTokenVerifier.Keys(
                            KEPT, BETWEEN, Duration.ofHours(4), Duration.ofSeconds(30)),
                    InstantSource.system(),
                    steady::get);

    private HttpServer start() {
        try {
            var made =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            serve(made, "/people/.well-known/openid-configuration", this::discovery);
            serve(made, "/people/jwks", this::keys);
            made.start();
            return made;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void serve(HttpServer server, String path, Supplier<String> document) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        byte[] bytes = document.get().getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
    }

    private String discovery() {
        lookups.incrementAndGet();
        return discovery.get();
    }

    private String keys() {
        return keySet.get().replace("GOOD", published.get().toPublicJWK().toJSONString());
    }

    @BeforeEach
    void publish() {
        discovery.set(document("\"jwks_uri\":\"" + issuer + "/jwks\""));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        server.stop(0);
    }

    private String document(String members) {
        return "{\"issuer\":\"" + issuer + "\"," + members + "}";
    }

    private TokenVerdict check(RSAKey key) {
        return tokens.check(signed.computeIfAbsent(key, this::tokenOf));
    }

    private String tokenOf(RSAKey key) {
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer.toString())
                        .subject("ada")
                        .audience("statuswire")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build();
        return Issuer.signed(claims, key);
    }

    private void pass(Duration duration) {
        steady.updateAndGet(now -> now.plus(duration));
    }

    @Test
    void tokens_with_invented_keys_are_refused_and_cause_one_lookup_per_interval() {
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        int before = lookups.get();

        for (int token = 0; token < 50; token++) {
            assertThat(check(INVENTED)).isInstanceOf(Refused.class);
        }

        assertThat(lookups.get() - before).isEqualTo(1);
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        assertThat(log.list).isEmpty();
    }

    @Test
    void tokens_with_invented_keys_do_not_delay_finding_a_new_key() {
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        assertThat(check(INVENTED)).isInstanceOf(Refused.class);
        published.set(SECOND);
        assertThat(check(SECOND)).isInstanceOf(Refused.class);

        pass(BETWEEN);
        assertThat(check(INVENTED)).isInstanceOf(Refused.class);

        assertThat(check(SECOND)).isInstanceOf(Identified.class);
    }

    @Test
    void tokens_with_invented_keys_do_not_prevent_the_renewal_of_the_keys() {
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        pass(KEPT.minusSeconds(1));
        assertThat(check(INVENTED)).isInstanceOf(Refused.class);
        published.set(SECOND);
        pass(KEPT.plusSeconds(1));
        assertThat(check(INVENTED)).isInstanceOf(Refused.class);

        assertThat(check(SECOND)).isInstanceOf(Identified.class);
        assertThat(check(FIRST)).isInstanceOf(Refused.class);
    }

    @Test
    void many_callers_with_a_new_key_wait_for_the_same_lookup() throws Exception {
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        int before = lookups.get();
        published.set(SECOND);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var verdicts =
                    callers.invokeAll(
                            IntStream.range(0, 20)
                                    .<Callable<TokenVerdict>>mapToObj(caller -> () -> check(SECOND))
                                    .toList());
            for (var verdict : verdicts) {
                assertThat(verdict.get()).isInstanceOf(Identified.class);
            }
        }
        assertThat(lookups.get() - before).isEqualTo(1);
    }

    @Test
    void known_keys_are_still_used_when_the_discovery_document_becomes_invalid() {
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        discovery.set(document("\"scopes_supported\":[]"));
        pass(KEPT.plusSeconds(1));

        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        assertThat(check(INVENTED)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"scopes_supported\":[]",
                "\"jwks_uri\":null",
                "\"jwks_uri\":7",
                "\"jwks_uri\":\"\"",
                "\"jwks_uri\":\"/jwks\"",
                "\"jwks_uri\":\"not a url\"",
                "\"jwks_uri\":\"http://id.example.org/jwks\"",
                "\"jwks_uri\":\"ftp://id.example.org/jwks\"",
                "\"jwks_uri\":\"file:///etc/hostname\"",
                "\"jwks_uri\":\"https:jwks\"",
                "\"issuer\":\"https://elsewhere.example.org\""
            })
    void unusable_discovery_document_is_logged_in_one_line_and_tokens_are_undecided(
            String members) {
        discovery.set(document(members));

        for (int token = 0; token < 10; token++) {
            assertThat(check(FIRST)).isInstanceOf(Undecided.class);
        }

        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getThrowableProxy()).isNull();
        assertThat(log.list.getFirst().getFormattedMessage())
                .contains(issuer.toString())
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":[null,GOOD]}",
                "{\"keys\":[GOOD,null]}",
                "{\"keys\":null}",
                "{\"keys\":[[],GOOD]}",
                "{\"keys\":[7,GOOD]}",
                "{\"keys\":{}}",
                "{}",
                "null",
                "[]",
                "7",
                ""
            })
    void unreadable_key_set_is_logged_in_one_line_and_known_keys_are_still_used(String unreadable) {
        String good = keySet.get();
        keySet.set(unreadable);
        for (int token = 0; token < 10; token++) {
            assertThat(check(FIRST)).isInstanceOf(Undecided.class);
        }
        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getThrowableProxy()).isNull();
        assertThat(log.list.getFirst().getFormattedMessage())
                .contains(issuer + "/jwks is not a JSON Web Key Set")
                .doesNotContain("\n");

        keySet.set(good);
        pass(BETWEEN);
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        keySet.set(unreadable);
        pass(KEPT.plusSeconds(1));
        assertThat(check(FIRST)).isInstanceOf(Identified.class);
        assertThat(check(INVENTED)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"\"", "{", ""})
    void tokens_are_undecided_if_the_discovery_document_is_not_an_object(String document) {
        discovery.set(document);

        assertThat(check(FIRST)).isInstanceOf(Undecided.class);
        assertThat(log.list).hasSize(1);
    }

    @Test
    void failed_lookup_is_repeated_once_the_pause_is_over() {
        String good = discovery.get();
        discovery.set("");
        assertThat(check(FIRST)).isInstanceOf(Undecided.class);
        int before = lookups.get();
        discovery.set(good);
        assertThat(check(FIRST)).isInstanceOf(Undecided.class);
        assertThat(lookups.get()).isEqualTo(before);

        pass(BETWEEN);

        assertThat(check(FIRST)).isInstanceOf(Identified.class);
    }

    @Test
    void keys_of_an_issuer_with_https_are_not_fetched_over_http() throws Exception {
        var keys = new IssuerKeys(issuer, Duration.ofSeconds(30));
        assertThat(keys.checked("http://127.0.0.1/jwks", issuer.toURL()))
                .isEqualTo(URI.create("http://127.0.0.1/jwks").toURL());

        var secure = new IssuerKeys(URI.create("https://id.example.org"), Duration.ofSeconds(30));
        for (String uri : List.of("http://127.0.0.1/jwks", "http://id.example.org/jwks")) {
            assertThatThrownBy(() -> secure.checked(uri, issuer.toURL()))
                    .hasMessageContaining("not an https URL");
        }
        assertThat(secure.checked("https://keys.example.org/jwks", issuer.toURL()).getHost())
                .isEqualTo("keys.example.org");
    }
}
