package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.screenshot;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.statuswire.tests.RuntimeExtension;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, with login at an issuer. */
final class LoginTest {

    private static final RuntimeExtension LOCAL = SharedFixtures.runtimeWithLogin();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @TempDir Path profile;

    @Test
    void user_who_is_not_logged_in_sees_only_the_login() {
        Page page = browsing.open();

        assertThat(button(page, "Log in")).isVisible();
        assertThat(page.locator("statuswire-app")).hasCount(0);
        screenshot(page, "login");
        AccessibilityCheck.check(page, "login");
    }

    @Test
    void user_who_logs_in_sees_only_their_own_requests_live() {
        Page hers = loggedIn("alma", "");
        submitOrder(hers);
        Locator row = hers.locator("[data-request-id]");
        Browsing.awaitStatus(row, "SUCCEEDED");
        Browsing.awaitLive(hers);
        screenshot(hers, "logged-in");

        Page his = browsing.newContext(new Browser.NewContextOptions()).newPage();
        logIn(his, "boris", "");

        assertThat(his.locator(".list-panel .empty")).isVisible();
        assertThat(his.locator("[data-request-id]")).hasCount(0);
    }

    @Test
    void login_returns_to_the_requested_view_and_a_reload_needs_no_login() {
        Page page = loggedIn("carl", "#/requests/12345678");

        assertThat(page).hasURL(LOCAL.page() + "#/requests/12345678");
        page.reload();

        assertThat(button(page, "Log out")).isVisible();
    }

    @Test
    void session_that_the_server_ends_leaves_no_data_of_the_user() {
        Page page = loggedIn("dora", "");
        submitOrder(page);
        Locator row = page.locator("[data-request-id]");
        Browsing.awaitStatus(row, "SUCCEEDED");
        row.locator("a").first().click();
        page.locator("[name=quantity]").fill("13");
        assertThat(page.locator("[data-request-details]")).isVisible();

        refuseEveryToken(page);
        button(page, "Submit").click();

        assertThat(page.getByText("Your session has ended")).isVisible();
        assertThat(button(page, "Log in")).isVisible();
        assertNothingIsLeft(page);
        screenshot(page, "login-ended");
        AccessibilityCheck.check(page, "login ended");

        page.unroute("**/requests*");
        page.unroute("**/requests/*");
        logInHere(page, "nora");
        page.locator("[data-request-type]").selectOption("place-order");
        assertThat(page.locator("[name=quantity]")).not().hasValue("13");
        assertThat(row).hasCount(0);
    }

    @Test
    void single_refusal_of_a_renewable_token_is_invisible_to_the_user() {
        Page page = loggedIn("greta", "");
        var renewals = new AtomicInteger();
        page.onRequest(
                request -> {
                    if (request.url().endsWith("/token")) {
                        renewals.incrementAndGet();
                    }
                });
        page.route(
                "**/requests/*",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(401)),
                new Page.RouteOptions().setTimes(1));

        submitOrder(page);

        Browsing.awaitStatus(page.locator("[data-request-id]"), "SUCCEEDED");
        assertThat(button(page, "Log out")).isVisible();
        Assertions.assertThat(renewals).hasValue(1);
    }

    @Test
    void logout_puts_no_token_into_a_url() {
        Page page = loggedIn("hans", "");
        var urls = new ConcurrentLinkedQueue<String>();
        browsing.context().onRequest(request -> urls.add(request.url()));

        page.waitForRequest("**/endsession*", () -> button(page, "Log out").click());

        Assertions.assertThat(urls)
                .anySatisfy(
                        url ->
                                Assertions.assertThat(url)
                                        .contains("client_id=page", "post_logout_redirect_uri="))
                .noneMatch(url -> url.contains("eyJ") || url.contains("token_hint"));
    }

    @Test
    void logout_also_ends_the_session_in_other_tabs() {
        Page page = loggedIn("ines", "");
        Page other = loggedIn("ines", "");
        submitOrder(other);
        assertThat(other.locator("[data-request-id]")).isVisible();

        button(page, "Log out").click();

        assertThat(other.getByText("Your session has ended")).isVisible();
        assertNothingIsLeft(other);
    }

    @Test
    void login_of_another_user_ends_the_session_in_other_tabs() {
        Page hers = loggedIn("jana", "");
        submitOrder(hers);
        assertThat(hers.locator("[data-request-id]")).isVisible();

        loggedIn("karl", "");

        assertThat(hers.getByText("Your session has ended")).isVisible();
        assertNothingIsLeft(hers);
    }

    @Test
    void user_who_blocks_site_data_logs_in_in_another_window() {
        try (BrowserContext context = SharedFixtures.chromium().blockingSiteData(profile)) {
            Page page = context.newPage();
            page.navigate(LOCAL.page().toString());

            Page window = page.waitForPopup(() -> button(page, "Log in").click());
            answer(window, "lea");

            assertThat(button(page, "Log out")).isVisible();
            submitOrder(page);
            Browsing.awaitStatus(page.locator("[data-request-id]"), "SUCCEEDED");
            assertThat(page.locator(".page-notice")).containsText("and your login");
            screenshot(page, "logged-in-without-site-data");
        }
    }

    @Test
    void user_who_logs_out_stays_logged_out_after_a_reload() {
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
        logInHere(page, name);
    }

    private static void logInHere(Page page, String name) {
        button(page, "Log in").click();
        answer(page, name);
        assertThat(button(page, "Log out")).isVisible();
    }

    /** Submits the issuer's login form. */
    private static void answer(Page page, String name) {
        page.locator("input[name=username]").fill(name);
        page.locator("input[type=submit], button[type=submit]").first().click();
    }

    private static void refuseEveryToken(Page page) {
        for (String calls : new String[] {"**/requests*", "**/requests/*"}) {
            page.route(calls, route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
        }
    }

    private static void assertNothingIsLeft(Page page) {
        assertThat(page.locator("statuswire-app")).hasCount(0);
        assertThat(page).hasURL(LOCAL.page().toString());
        assertThat(page).hasTitle("Statuswire");
        Assertions.assertThat(page.evaluate("Object.keys(sessionStorage).join()")).isEqualTo("");
    }

    private static void submitOrder(Page page) {
        Browsing.submitOrder(page, "1");
    }
}
