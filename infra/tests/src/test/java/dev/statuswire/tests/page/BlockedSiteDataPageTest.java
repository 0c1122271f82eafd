package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static dev.statuswire.tests.page.Browsing.submitOrder;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.statuswire.tests.RuntimeExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in browsers that store no data for it. */
final class BlockedSiteDataPageTest {

    private static final String NOTICE = "The browser does not store data for this page";

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @TempDir Path profile;

    @Test
    void browser_that_blocks_site_data_shows_the_whole_page_and_a_notice() {
        try (BrowserContext context = SharedFixtures.chromium().blockingSiteData(profile)) {
            Page page = context.newPage();
            page.navigate(LOCAL.page().toString());

            assertThat(notice(page)).isVisible();
            String id = submitOrder(page, "0");
            Browsing.awaitStatus(row(page, id), "SUCCEEDED");
            screenshot(page, "site-data-blocked");
            AccessibilityCheck.check(page, "site data blocked");
            button(page, "Notify me").click();
            page.reload();
            assertThat(row(page, id)).isVisible();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {"
                        + " Object.defineProperty(window, name, { get() {"
                        + " throw new DOMException('The operation is insecure.', 'SecurityError'); } }); }",
                "for (const name of ['localStorage', 'sessionStorage']) {"
                        + " Object.defineProperty(window, name, { value: null }); }",
                "Storage.prototype.setItem = () => {"
                        + " throw new DOMException('It is full.', 'QuotaExceededError'); };",
                "delete window.BroadcastChannel; delete window.Notification;"
                        + " Storage.prototype.setItem = () => { throw new Error('no'); };"
            })
    void page_works_however_the_browser_refuses_to_store_data(String refusal) {
        browsing.context().addInitScript(refusal);
        Page page = browsing.open();

        String id = submitOrder(page, "0");

        Browsing.awaitStatus(row(page, id), "SUCCEEDED");
        assertThat(notice(page)).isVisible();
        assertThat(page.locator("[name=quantity]")).hasValue("2");
    }

    private static Locator notice(Page page) {
        return page.locator(".page-notice").getByText(NOTICE);
    }
}
