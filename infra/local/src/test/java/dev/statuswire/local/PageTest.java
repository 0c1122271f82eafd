package dev.statuswire.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, on the whole runtime. */
final class PageTest {

    /** For what never comes, in milliseconds. */
    private static final double PATIENCE = 30_000;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @RegisterExtension static final RunningLocally LOCAL = new RunningLocally();
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

    @Test
    void order_is_submitted_and_seen_to_succeed_in_two_windows_without_a_reload() {
        Page one = open();
        Page other = open();

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
        Page page = open();
        String id =
                LOCAL.submit(
                        "place-order",
                        """
                        {"dish":"soup","quantity":1,"simulate":{"failStep":"serve","failTimes":3}}
                        """);
        LOCAL.await(id, "FAILED");
        row(page, id).getByRole(AriaRole.LINK).click();

        Locator details = page.locator("[data-request-details=\"" + id + "\"]");
        assertThat(details).containsText("kitchen-failed");
        screenshot(page, "failed");
        details.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry")).click();

        assertThat(details).hasAttribute("data-status", "SUCCEEDED");
        assertThat(details.locator("[data-step=serve]")).hasAttribute("data-status", "SUCCEEDED");
    }

    @Test
    void running_order_is_cancelled_from_its_details() {
        Page page = open();
        String id = submitOrder(page, "600000");
        row(page, id).getByRole(AriaRole.LINK).click();
        Locator details = page.locator("[data-request-details=\"" + id + "\"]");
        assertThat(details).hasAttribute("data-status", "RUNNING");

        details.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();

        assertThat(details).hasAttribute("data-status", "CANCELLED");
    }

    @Test
    void page_without_a_live_endpoint_sees_the_end_by_polling() {
        context.routeWebSocket("**/live*", WebSocketRoute::close);
        Page page = open();

        String id = submitOrder(page, "1500");

        assertThat(row(page, id)).hasAttribute("data-status", "SUCCEEDED");
        assertThat(mark(page)).hasAttribute("data-connection", "polling");
        screenshot(page, "polling");
    }

    @Test
    void page_that_loses_its_socket_goes_on_by_polling_and_comes_back_to_live() {
        var sockets = new ConcurrentLinkedQueue<WebSocketRoute>();
        context.routeWebSocket(
                "**/live*",
                socket -> {
                    socket.connectToServer();
                    sockets.add(socket);
                });
        Page page = open();
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
        Page page = open();
        String id = submitOrder(page, "0");
        assertThat(row(page, id)).hasAttribute("data-status", "SUCCEEDED");

        context.setOffline(true);

        assertThat(mark(page)).hasAttribute("data-connection", "offline");
        assertThat(row(page, id)).isVisible();
        screenshot(page, "offline");
    }

    @Test
    void what_the_server_refuses_is_said_at_the_form() {
        Page page = open();
        page.locator("[name=quantity]").fill("21");
        page.locator("form").evaluate("form => form.noValidate = true");

        submit(page);

        assertThat(page.locator("[data-field=quantity]")).containsText("20");
    }

    @Test
    void it_can_be_looked_at_in_the_dark_and_on_a_narrow_screen() {
        try (BrowserContext narrow =
                CHROMIUM.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setColorScheme(ColorScheme.DARK)
                                        .setViewportSize(320, 900))) {
            Page page = narrow.newPage();
            page.navigate(LOCAL.page().toString());
            assertThat(mark(page)).hasAttribute("data-connection", "live");
            Object overflow =
                    page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1");
            org.assertj.core.api.Assertions.assertThat(overflow).isEqualTo(false);
            screenshot(page, "dark-narrow");
        }
    }

    private Page open() {
        Page page = context.newPage();
        page.navigate(LOCAL.page().toString());
        return page;
    }

    /** Submits an order through the form; its id. */
    private static String submitOrder(Page page, String cookMillis) {
        page.locator("[data-request-type]").selectOption("place-order");
        page.locator("[name=\"simulate.cookMillis\"]").fill(cookMillis);
        var answer =
                page.waitForResponse(
                        response -> response.request().method().equals("PUT"), () -> submit(page));
        return answer.url().substring(answer.url().lastIndexOf('/') + 1);
    }

    private static void submit(Page page) {
        page.getByRole(AriaRole.BUTTON, named("Submit")).click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator row(Page page, String id) {
        return page.locator("[data-request-id=\"" + id + "\"]");
    }

    private static Locator mark(Page page) {
        return page.locator("[data-connection]");
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
