package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.details;
import static dev.statuswire.tests.page.Browsing.mark;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.statuswire.tests.RunningLocally;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every view of the page, in light and dark, wide and at 320 px: what axe finds, and pictures. */
final class AccessibilityPageTest {

    private static final RunningLocally LOCAL = Shared.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 320"})
    void nothing_is_found_on_any_view(ColorScheme scheme, int width) {
        lookAtEveryView(scheme, width);
    }

    @ParameterizedTest
    @CsvSource({"DARK, 1280", "LIGHT, 320"})
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true")
    void nothing_is_found_in_the_other_combinations(ColorScheme scheme, int width) {
        lookAtEveryView(scheme, width);
    }

    private void lookAtEveryView(ColorScheme scheme, int width) {
        BrowserContext context =
                browsing.newContext(
                        new Browser.NewContextOptions()
                                .setColorScheme(scheme)
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setViewportSize(width, 900));
        String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        Page page = context.newPage();
        page.route(
                "**/requests?*",
                route -> {
                    if (page.url().endsWith("#/?q=empty")) {
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setBody("{\"requests\":[],\"next\":null}"));
                    } else {
                        route.resume();
                    }
                });

        page.navigate(LOCAL.page() + "#/?q=empty");
        assertThat(page.locator(".list-panel .empty strong")).isVisible();
        see(page, "empty" + suffix);

        page.navigate("about:blank");
        page.navigate(LOCAL.page().toString());
        page.locator("[name=quantity]").fill("21");
        button(page, "Submit").click();
        assertThat(page.locator("[data-field=quantity] .field-error")).isVisible();
        see(page, "refused" + suffix);

        page.locator("[name=quantity]").fill("2");
        String working = Browsing.submitOrder(page, "600000");
        Browsing.awaitStatus(row(page, working), "RUNNING");
        String failed = submitRejected();
        LOCAL.await(failed, "FAILED");
        Browsing.awaitStatus(row(page, failed), "FAILED");
        see(page, "working" + suffix);

        open(page, working);
        see(page, "running" + suffix);
        open(page, failed);
        assertThat(details(page, failed)).containsText("rejected");
        see(page, "failed" + suffix);

        page.navigate(LOCAL.page() + "#/");
        context.setOffline(true);
        assertThat(mark(page)).hasAttribute("data-connection", "offline");
        assertThat(row(page, failed)).hasAttribute("data-stale", "true");
        see(page, "offline" + suffix);
        context.setOffline(false);
        LOCAL.api().post("/requests/" + working + "/cancel");
    }

    private static void see(Page page, String view) {
        screenshot(page, "view-" + view);
        Object wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) wide).intValue())
                .as(view + " is no wider than the window")
                .isLessThan(2);
        Accessible.check(page, view);
    }

    private static void open(Page page, String id) {
        page.navigate(LOCAL.page() + "#/requests/" + id);
        assertThat(details(page, id)).isVisible();
    }

    private static String submitRejected() {
        return LOCAL.submit(
                "place-order",
                """
                {"dish":"pasta","quantity":1,"simulate":{"failStep":"serve","reject":true}}
                """);
    }
}
