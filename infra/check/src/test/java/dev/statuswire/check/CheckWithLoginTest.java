package dev.statuswire.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.check.FaultyProxy.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the checks of a service that requires login. */
final class CheckWithLoginTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(Map<String, String> more) throws InterruptedException {
        var environment = new HashMap<>(more);
        environment.put("STATUSWIRE_CHECK_URL", LocalRuntimes.withLogin().toString());
        environment.put("STATUSWIRE_CHECK_TYPES", "place-order");
        return Main.run(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                TestUser::temporary);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everything_passes_with_a_token() throws InterruptedException {
        int exitCode =
                run(
                        Map.of(
                                "STATUSWIRE_CHECK_TOKEN",
                                LocalRuntimes.issuer().tokenOf("ada", LocalRuntimes.PAGE)));

        assertThat(lines()).noneMatch(line -> line.startsWith("FAIL"));
        assertThat(lines())
                .anyMatch(line -> line.startsWith("ok   login               401 without"));
        assertThat(exitCode).isZero();
    }

    @Test
    void missing_token_is_reported_and_the_other_checks_are_skipped() throws InterruptedException {
        int exitCode = run(Map.of());

        assertThat(exitCode).isEqualTo(2);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("FAIL login") && line.contains("CHECK_TOKEN"))
                .anyMatch(line -> line.startsWith("ok   types"))
                .anyMatch(line -> line.startsWith("skip submit"));
    }

    @Test
    void expired_token_fails_the_login() throws InterruptedException {
        String expired =
                LocalRuntimes.issuer()
                        .tokenUntil(Instant.now().minusSeconds(600), LocalRuntimes.PAGE);

        int exitCode = run(Map.of("STATUSWIRE_CHECK_TOKEN", expired));

        assertThat(exitCode).isEqualTo(1);
        assertThat(lines())
                .anyMatch(
                        line ->
                                line.startsWith("FAIL login")
                                        && line.contains("expected 200 from GET /requests"));
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(expired);
    }

    /** A front door that accepts calls without a token fails the login check. */
    @Test
    void door_that_requires_no_token_is_detected() throws InterruptedException {
        for (String door : List.of("/requests", "/status/.*")) {
            FaultyProxy.Fault open =
                    new FaultyProxy.Fault() {
                        @Override
                        public boolean asked(Exchange exchange) {
                            if (exchange.is("GET", door)) {
                                exchange.requestHeaders.put(
                                        "Authorization",
                                        "Bearer "
                                                + LocalRuntimes.issuer()
                                                        .tokenOf("ada", LocalRuntimes.PAGE));
                            }
                            return true;
                        }
                    };
            try (var proxy = new FaultyProxy(LocalRuntimes.withLogin(), open)) {
                CheckReport report =
                        new ServiceChecks(
                                        proxy.uri(),
                                        TokenProvider.given(
                                                LocalRuntimes.issuer()
                                                        .tokenOf("bob", LocalRuntimes.PAGE)),
                                        List.of("place-order"),
                                        Optional.empty())
                                .check(line -> {});
                assertThat(report.lines())
                        .filteredOn(line -> line.result() == CheckReport.CheckResult.FAILED)
                        .extracting(CheckReport.ReportLine::check)
                        .containsExactly("login");
            }
        }
    }

    /** The page could not read the issuer's discovery document. */
    @Test
    void page_that_may_not_call_the_issuer_is_detected() throws InterruptedException {
        FaultyProxy.Fault closed =
                new FaultyProxy.Fault() {
                    @Override
                    public void answered(Exchange exchange) {
                        exchange.headers.computeIfPresent(
                                "Content-Security-Policy",
                                (name, policy) ->
                                        policy.replaceFirst(
                                                "connect-src [^;]*", "connect-src 'self'"));
                    }
                };
        try (var proxy = new FaultyProxy(LocalRuntimes.withLogin(), closed)) {
            CheckReport report =
                    new ServiceChecks(
                                    proxy.uri(),
                                    TokenProvider.none("no token"),
                                    List.of("place-order"),
                                    Optional.empty())
                            .check(line -> {});
            assertThat(report.lines())
                    .filteredOn(line -> line.check().equals("page headers"))
                    .allMatch(line -> line.text().contains("expected a Content-Security-Policy"))
                    .extracting(CheckReport.ReportLine::result)
                    .containsExactly(CheckReport.CheckResult.FAILED);
        }
    }
}
