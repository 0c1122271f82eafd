package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.mark;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static dev.statuswire.tests.page.Browsing.submitOrder;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import dev.statuswire.tests.RuntimeExtension;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, on the whole runtime. */
final class PageTest {

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void order_is_submitted_and_seen_to_succeed_in_two_windows_without_a_reload() {
        Page one = browsing.open();
        Page other = browsing.open();

        String slow = submitOrder(one, "600000");

        for (Page page : new Page[] {one, other}) {
            Browsing.awaitStatus(row(page, slow), "RUNNING");
        }
        assertThat(row(other, slow)).containsText("cooking");
        screenshot(one, "working");
        String id = submitOrder(one, "1");
        for (Page page : new Page[] {one, other}) {
            assertThat(page.locator(".page-notice")).hasCount(0);
            Browsing.awaitStatus(row(page, id), "SUCCEEDED");
            Browsing.awaitLive(page);
        }
    }

    @Test
    void page_without_a_live_endpoint_sees_the_end_by_polling() {
        browsing.context().routeWebSocket("**/live*", WebSocketRoute::close);
        Page page = browsing.open();

        String id = submitOrder(page, "1500");

        Browsing.awaitStatus(row(page, id), "SUCCEEDED");
        assertThat(mark(page)).hasAttribute("data-connection", "polling");
        screenshot(page, "polling");
    }

    @Test
    void page_that_loses_its_socket_polls_until_it_has_another_one() {
        browsing.context().clock().install();
        Queue<WebSocketRoute> sockets = browsing.sockets();
        Page page = browsing.open();
        Browsing.awaitLive(page);
        page.route("**/live/tickets", Route::abort);

        sockets.forEach(WebSocketRoute::close);
        String id = submitOrder(page, "1500");

        assertThat(mark(page)).hasAttribute("data-connection", "polling");
        Browsing.awaitStatus(row(page, id), "SUCCEEDED");
        page.unroute("**/live/tickets");
        Browsing.passTime(page, () -> "live".equals(mark(page).getAttribute("data-connection")));
        Browsing.awaitLive(page);
    }

    @Test
    void page_fits_a_narrow_screen_in_dark_mode() {
        var narrow =
                new Browser.NewContextOptions()
                        .setColorScheme(ColorScheme.DARK)
                        .setViewportSize(320, 900);
        Page page = browsing.open(browsing.newContext(narrow), "");
        Browsing.awaitLive(page);

        Object overflow =
                page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1");

        org.assertj.core.api.Assertions.assertThat(overflow).isEqualTo(false);
        screenshot(page, "dark-narrow");
    }
}
