package dev.statuswire.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.statuswire.identity.testing.Issuer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, where one has to log in at an issuer. */
final class LoginTest {

    private static final double PATIENCE = 30_000;

    /** What this issuer gives for a code, whoever asks. */
    private static final String AUDIENCE = "default";

    private static final Issuer ISSUER = new Issuer();

    @RegisterExtension
    static final RunningLocally LOCAL =
            new RunningLocally(
                    Map.of(
                            "STATUSWIRE_OIDC_ISSUER",
                            ISSUER.address().toString(),
                            "STATUSWIRE_OIDC_AUDIENCE",
                            AUDIENCE,
                            "STATUSWIRE_OIDC_CLIENT_ID",
                            "page"));

    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private final BrowserContext context = CHROMIUM.browser().newContext();

    @BeforeEach
    void patience() {
        context.setDefaultTimeout(PATIENCE);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @AfterAll
    static void closeIssuer() {
        ISSUER.close();
    }

    @Test
    void who_is_not_logged_in_sees_a_door_and_nothing_behind_it() {
        Page page = open("");

        assertThat(button(page, "Log in")).isVisible();
        assertThat(page.locator("statuswire-app")).hasCount(0);
        screenshot(page, "login");
    }

    @Test
    void who_logs_in_sees_their_own_requests_live_and_nobody_elses() {
        Page hers = loggedIn("ada", "");
        submitOrder(hers);
        Locator row = hers.locator("[data-request-id]");
        assertThat(row).hasAttribute("data-status", "SUCCEEDED");
        assertThat(hers.locator("[data-connection]")).hasAttribute("data-connection", "live");
        screenshot(hers, "logged-in");

        try (BrowserContext other = CHROMIUM.browser().newContext()) {
            Page his = other.newPage();
            his.setDefaultTimeout(PATIENCE);
            logIn(his, "bob", "");

            assertThat(his.locator(".list-panel .empty")).isVisible();
            assertThat(his.locator("[data-request-id]")).hasCount(0);
        }
    }

    @Test
    void way_back_leads_to_what_the_page_showed_and_a_reload_asks_nothing() {
        Page page = loggedIn("carl", "#/requests/12345678");

        assertThat(page).hasURL(LOCAL.page() + "#/requests/12345678");
        page.reload();

        assertThat(button(page, "Log out")).isVisible();
    }

    @Test
    void token_that_the_server_refuses_ends_the_login_and_keeps_what_is_shown() {
        Page page = loggedIn("dora", "");
        submitOrder(page);
        Locator row = page.locator("[data-request-id]");
        assertThat(row).hasAttribute("data-status", "SUCCEEDED");

        page.route(
                "**/requests*", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
        page.evaluate("window.dispatchEvent(new Event('online'))");
        button(page, "Submit").click();

        assertThat(button(page, "Log in again")).isVisible();
        assertThat(row).isVisible();
        screenshot(page, "login-ended");
    }

    @Test
    void who_logs_out_is_out_after_a_reload_too() {
        Page page = loggedIn("emil", "");

        button(page, "Log out").click();
        page.navigate(LOCAL.page().toString());

        assertThat(button(page, "Log in")).isVisible();
    }

    private Page open(String fragment) {
        Page page = context.newPage();
        page.navigate(LOCAL.page() + fragment);
        return page;
    }

    private Page loggedIn(String name, String fragment) {
        Page page = context.newPage();
        logIn(page, name, fragment);
        return page;
    }

    private static void logIn(Page page, String name, String fragment) {
        page.navigate(LOCAL.page() + fragment);
        button(page, "Log in").click();
        page.locator("input[name=username]").fill(name);
        page.locator("input[type=submit], button[type=submit]").first().click();
        assertThat(button(page, "Log out")).isVisible();
    }

    private static void submitOrder(Page page) {
        page.locator("[data-request-type]").selectOption("place-order");
        button(page, "Submit").click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
