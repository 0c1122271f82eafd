package dev.statuswire.tests.page;

import dev.statuswire.identity.testing.Issuer;
import dev.statuswire.tests.RuntimeExtension;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What the page tests of a JVM share: a browser, a runtime, and a runtime with a login. Each starts
 * when the first test needs it. It is closed when the JVM ends, because no test class knows whether
 * it is the last one.
 */
public final class SharedFixtures {

    /** The audience of the tokens that {@link #issuer} issues for a code, for any client. */
    public static final String AUDIENCE = "default";

    private static final Deque<AutoCloseable> STARTED = new ConcurrentLinkedDeque<>();

    public static Chromium chromium() {
        return Browser.CHROMIUM;
    }

    /** Returns the runtime without a login, which also has the types of {@link FormTypes}. */
    public static RuntimeExtension runtime() {
        return WithoutLogin.RUNTIME;
    }

    /** Returns the site whose pages may call {@link #runtime}. */
    public static ForeignSite allowedSite() {
        return WithoutLogin.ALLOWED;
    }

    /** Returns the runtime whose users log in at {@link #issuer}. */
    public static RuntimeExtension runtimeWithLogin() {
        return WithLogin.RUNTIME;
    }

    public static Issuer issuer() {
        return WithLogin.ISSUER;
    }

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedFixtures::closeAll, "close-shared"));
    }

    private SharedFixtures() {}

    private static void closeAll() {
        while (!STARTED.isEmpty()) {
            try {
                STARTED.pop().close();
            } catch (Exception failed) {
                System.getLogger(SharedFixtures.class.getName())
                        .log(System.Logger.Level.ERROR, "not closed", failed);
            }
        }
    }

    private static <T extends AutoCloseable> T started(T it) {
        STARTED.push(it);
        return it;
    }

    private static final class Browser {
        static final Chromium CHROMIUM = started(new Chromium());
    }

    private static final class WithoutLogin {
        static final ForeignSite ALLOWED = started(ForeignSite.open());
        static final RuntimeExtension RUNTIME =
                started(FormTypes.running(Map.of("STATUSWIRE_ALLOWED_ORIGINS", ALLOWED.origin())));
    }

    private static final class WithLogin {
        static final Issuer ISSUER = started(new Issuer());
        static final RuntimeExtension RUNTIME =
                started(
                        new RuntimeExtension(
                                Map.of(
                                        "STATUSWIRE_OIDC_ISSUER",
                                        ISSUER.address().toString(),
                                        "STATUSWIRE_OIDC_AUDIENCE",
                                        AUDIENCE,
                                        "STATUSWIRE_OIDC_CLIENT_ID",
                                        "page")));
    }
}
