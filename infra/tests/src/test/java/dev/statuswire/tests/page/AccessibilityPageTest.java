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
import dev.statuswire.tests.RuntimeExtension;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks every view of the page with axe, in light and dark mode, wide and at 320 px, and takes
 * screenshots.
 */
final class AccessibilityPageTest {

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 320"})
    void axe_finds_nothing_on_any_view(ColorScheme scheme, int width) {
        checkEveryView(scheme, width);
    }

    @ParameterizedTest
    @CsvSource({"DARK, 1280", "LIGHT, 320"})
    @EnabledIfSystemProperty(named = "statuswire.long", matches = "true")
    void axe_finds_nothing_in_the_other_combinations(ColorScheme scheme, int width) {
        checkEveryView(scheme, width);
    }

    private void checkEveryView(ColorScheme scheme, int width) {
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
        checkView(page, "empty" + suffix);

        page.navigate("about:blank");
        page.navigate(LOCAL.page().toString());
        page.locator("[data-request-type]").selectOption("place-order");
        page.locator("[name=quantity]").fill("21");
        button(page, "Submit").click();
        assertThat(page.locator("[data-field=quantity] .field-error")).isVisible();
        checkView(page, "refused" + suffix);

        page.locator("[name=quantity]").fill("2");
        String working = Browsing.submitOrder(page, "600000");
        Browsing.awaitStatus(row(page, working), "RUNNING");
        String failed = submitRejected();
        LOCAL.await(failed, "FAILED");
        Browsing.awaitStatus(row(page, failed), "FAILED");
        checkView(page, "working" + suffix);

        open(page, working);
        checkView(page, "running" + suffix);
        open(page, failed);
        assertThat(details(page, failed)).containsText("rejected");
        checkView(page, "failed" + suffix);

        page.navigate(LOCAL.page() + "#/");
        context.setOffline(true);
        assertThat(mark(page)).hasAttribute("data-connection", "offline");
        assertThat(row(page, failed)).hasAttribute("data-stale", "true");
        checkView(page, "offline" + suffix);
        context.setOffline(false);
        LOCAL.api().post("/requests/" + working + "/cancel");
    }

    private static void checkView(Page page, String view) {
        screenshot(page, "view-" + view);
        Object wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) wide).intValue())
                .as(view + " is no wider than the window")
                .isLessThan(2);
        AccessibilityCheck.check(page, view);
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
