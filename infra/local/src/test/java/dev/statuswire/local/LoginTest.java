package dev.statuswire.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.local.Browsing.button;
import static dev.statuswire.local.Browsing.screenshot;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.statuswire.identity.testing.Issuer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, where one has to log in at an issuer. */
final class LoginTest {

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

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL, CHROMIUM);

    @AfterAll
    static void closeIssuer() {
        ISSUER.close();
    }

    @Test
    void who_is_not_logged_in_sees_a_door_and_nothing_behind_it() {
        Page page = browsing.open();

        assertThat(button(page, "Log in")).isVisible();
        assertThat(page.locator("statuswire-app")).hasCount(0);
        screenshot(page, "login");
        Accessible.check(page, "login");
    }

    @Test
    void who_logs_in_sees_their_own_requests_live_and_nobody_elses() {
        Page hers = loggedIn("ada", "");
        submitOrder(hers);
        Locator row = hers.locator("[data-request-id]");
        assertThat(row).hasAttribute("data-status", "SUCCEEDED");
        assertThat(hers.locator("[data-connection]")).hasAttribute("data-connection", "live");
        screenshot(hers, "logged-in");

        Page his = browsing.newContext(new Browser.NewContextOptions()).newPage();
        logIn(his, "bob", "");

        assertThat(his.locator(".list-panel .empty")).isVisible();
        assertThat(his.locator("[data-request-id]")).hasCount(0);
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
        Accessible.check(page, "login ended");
    }

    @Test
    void who_logs_out_is_out_after_a_reload_too() {
        Page page = loggedIn("emil", "");

        button(page, "Log out").click();
        page.navigate(LOCAL.page().toString());

        assertThat(button(page, "Log in")).isVisible();
    }

    private Page loggedIn(String name, String fragment) {
        Page page = browsing.context().newPage();
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
}
