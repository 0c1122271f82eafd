package dev.statuswire.check;

import dev.statuswire.core.transition.Timing;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What {@code ./run} starts, in memory, one a test class. */
final class Local implements AfterAllCallback {

    private static final Timing TIMING =
            new Timing(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofDays(7));

    private final LocalRuntime runtime;

    Local(Map<String, String> environment) {
        runtime = LocalRuntime.start(LocalSettings.forTests(TIMING, environment));
    }

    URI page() {
        return runtime.pageUri();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        runtime.close();
    }
}
