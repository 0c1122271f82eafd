package dev.statuswire.check;

import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.identity.testing.Issuer;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Runtimes as {@code ./run} starts them, in memory: one without login, and one with login. Each is
 * started on first use and runs until the end of the process.
 */
final class LocalRuntimes {

    /** The audience of users' tokens. */
    static final String PAGE = "page";

    /** The audience of the tokens with which the checks log in. */
    static final String CHECK = "check-client";

    private static final TransitionTiming TIMING =
            new TransitionTiming(
                    Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));

    private LocalRuntimes() {}

    private static LocalRuntime started(Map<String, String> environment) {
        return LocalRuntime.start(LocalSettings.forTests(TIMING, environment));
    }

    private static final class Open {
        static final LocalRuntime RUNTIME = started(Map.of());
    }

    private static final class WithLogin {
        static final Issuer ISSUER = new Issuer();
        static final LocalRuntime RUNTIME =
                started(
                        Map.of(
                                "STATUSWIRE_OIDC_ISSUER",
                                ISSUER.address().toString(),
                                "STATUSWIRE_OIDC_AUDIENCE",
                                PAGE + "," + CHECK));
    }

    /** Returns the page without login. */
    static URI open() {
        return Open.RUNTIME.pageUri();
    }

    /** Returns the page with login. */
    static URI withLogin() {
        return WithLogin.RUNTIME.pageUri();
    }

    /** Returns the issuer of {@link #withLogin}. */
    static Issuer issuer() {
        return WithLogin.ISSUER;
    }
}
