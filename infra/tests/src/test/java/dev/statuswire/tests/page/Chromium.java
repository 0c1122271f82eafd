package dev.statuswire.tests.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The system's Chromium without a window: its headless shell ({@code STATUSWIRE_HEADLESS_SHELL}),
 * which needs a third of the CPU time to open a page, or otherwise the full browser ({@code
 * STATUSWIRE_CHROMIUM}, or {@code /usr/bin/chromium}). Used by one thread.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> QUIET =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright = Playwright.create();
    private final Browser browser =
            playwright
                    .chromium()
                    .launch(
                            new BrowserType.LaunchOptions()
                                    .setExecutablePath(
                                            executable("STATUSWIRE_HEADLESS_SHELL")
                                                    .orElseGet(Chromium::fullBrowser))
                                    .setArgs(QUIET));

    /**
     * Opens a context of a browser whose settings block site data: cookies, storages, databases.
     * Only the full browser has settings.
     *
     * @param profile an empty folder
     */
    BrowserContext blockingSiteData(Path profile) {
        try {
            Path preferences = Files.createDirectories(profile.resolve("Default"));
            Files.writeString(
                    preferences.resolve("Preferences"),
                    "{\"profile\":{\"default_content_setting_values\":{\"cookies\":2}}}");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(fullBrowser())
                                .setArgs(QUIET));
    }

    private static Path fullBrowser() {
        return executable("STATUSWIRE_CHROMIUM").orElse(Path.of("/usr/bin/chromium"));
    }

    private static Optional<Path> executable(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Path::of);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
