package dev.statuswire.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.Browsing.button;
import static dev.statuswire.tests.Browsing.details;
import static dev.statuswire.tests.Browsing.mark;
import static dev.statuswire.tests.Browsing.row;
import static dev.statuswire.tests.Browsing.screenshot;
import static dev.statuswire.tests.Browsing.submitOrder;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, on the whole runtime. */
final class PageTest {

    @RegisterExtension static final RunningLocally LOCAL = new RunningLocally();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL, CHROMIUM);

    @Test
    void order_is_submitted_and_seen_to_succeed_in_two_windows_without_a_reload() {
        Page one = browsing.open();
        Page other = browsing.open();

        String id = submitOrder(one, "3000");

        for (Page page : new Page[] {one, other}) {
            assertThat(row(page, id)).hasAttribute("data-status", "RUNNING");
        }
        assertThat(row(other, id)).containsText("cooking");
        screenshot(one, "working");
        for (Page page : new Page[] {one, other}) {
            assertThat(row(page, id)).hasAttribute("data-status", "SUCCEEDED");
            assertThat(mark(page)).hasAttribute("data-connection", "live");
        }
    }

    @Test
    void failed_order_says_why_and_is_retried_from_where_it_failed() {
        Page page = browsing.open();
        String id =
                LOCAL.submit(
                        "place-order",
                        """
                        {"dish":"soup","quantity":1,"simulate":{"failStep":"serve","failTimes":3}}
                        """);
        LOCAL.await(id, "FAILED");
        row(page, id).getByRole(AriaRole.LINK).click();

        Locator details = details(page, id);
        assertThat(details).containsText("kitchen-failed");
        screenshot(page, "failed");
        details.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry")).click();

        assertThat(details).hasAttribute("data-status", "SUCCEEDED");
        assertThat(details.locator("[data-step=serve]")).hasAttribute("data-status", "SUCCEEDED");
    }

    @Test
    void running_order_is_cancelled_from_its_details() {
        Page page = browsing.open();
        String id = submitOrder(page, "600000");
        row(page, id).getByRole(AriaRole.LINK).click();
        Locator details = details(page, id);
        assertThat(details).hasAttribute("data-status", "RUNNING");

        details.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();

        assertThat(details).hasAttribute("data-status", "CANCELLED");
    }

    @Test
    void page_without_a_live_endpoint_sees_the_end_by_polling() {
        browsing.context().routeWebSocket("**/live*", WebSocketRoute::close);
        Page page = browsing.open();

        String id = submitOrder(page, "1500");

        assertThat(row(page, id)).hasAttribute("data-status", "SUCCEEDED");
        assertThat(mark(page)).hasAttribute("data-connection", "polling");
        screenshot(page, "polling");
    }

    @Test
    void page_that_loses_its_socket_goes_on_by_polling_and_comes_back_to_live() {
        Queue<WebSocketRoute> sockets = browsing.sockets();
        Page page = browsing.open();
        assertThat(mark(page)).hasAttribute("data-connection", "live");
        page.route("**/live/tickets", Route::abort);

        sockets.forEach(WebSocketRoute::close);
        String id = submitOrder(page, "1500");

        assertThat(mark(page)).hasAttribute("data-connection", "polling");
        assertThat(row(page, id)).hasAttribute("data-status", "SUCCEEDED");
        page.unroute("**/live/tickets");
        assertThat(mark(page)).hasAttribute("data-connection", "live");
    }

    @Test
    void page_whose_server_cannot_be_reached_says_so_and_keeps_what_it_knows() {
        Page page = browsing.open();
        String id = submitOrder(page, "0");
        assertThat(row(page, id)).hasAttribute("data-status", "SUCCEEDED");

        browsing.context().setOffline(true);

        assertThat(mark(page)).hasAttribute("data-connection", "offline");
        assertThat(row(page, id)).isVisible();
        screenshot(page, "offline");
    }

    @Test
    void what_the_server_refuses_is_said_at_the_form() {
        Page page = browsing.open();
        page.locator("[name=quantity]").fill("21");
        page.locator("form").evaluate("form => form.noValidate = true");

        button(page, "Submit").click();

        assertThat(page.locator("[data-field=quantity]")).containsText("20");
    }

    @Test
    void it_can_be_looked_at_in_the_dark_and_on_a_narrow_screen() {
        var narrow =
                new Browser.NewContextOptions()
                        .setColorScheme(ColorScheme.DARK)
                        .setViewportSize(320, 900);
        Page page = browsing.open(browsing.newContext(narrow), "");
        assertThat(mark(page)).hasAttribute("data-connection", "live");

        Object overflow =
                page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1");

        org.assertj.core.api.Assertions.assertThat(overflow).isEqualTo(false);
        screenshot(page, "dark-narrow");
    }
}
