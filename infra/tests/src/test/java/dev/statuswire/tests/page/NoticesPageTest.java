package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.statuswire.tests.RuntimeExtension;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The title, notifications and announcements, for users who do not look at the page or cannot see
 * it.
 */
final class NoticesPageTest {

    private static final String SOUP = "{\"dish\":\"soup\",\"quantity\":1}";

    /** Records the notifications that would be shown, because a headless browser shows none. */
    private static final String RECORD_NOTIFICATIONS =
            """
            window.shown = [];
            window.Notification = class {
              static permission = 'default';
              static async requestPermission() { return (this.permission = 'granted'); }
              constructor(title, options) { shown.push([title, options.tag, this]); }
            };
            window.hide = () => Object.defineProperty(
              document, 'visibilityState', { get: () => 'hidden', configurable: true });
            """;

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void title_shows_how_many_requests_are_unfinished() {
        Page page = browsing.openLive("");
        assertThat(page).hasTitle("Statuswire");
        String id = Browsing.submitOrder(page, "600000");

        assertThat(page).hasTitle("(1) Statuswire");
        LOCAL.api().post("/requests/" + id + "/cancel");
        assertThat(page).hasTitle("Statuswire");
    }

    @Test
    void request_that_finishes_in_a_hidden_tab_is_notified_if_the_user_wants_it() {
        browsing.context().addInitScript(RECORD_NOTIFICATIONS);
        Page page = browsing.openLive("");
        String seen = LOCAL.submit("place-order", SOUP);
        Browsing.awaitStatus(row(page, seen), "SUCCEEDED");
        button(page, "Notify me").click();
        assertThat(button(page, "Notify me")).hasAttribute("aria-pressed", "true");
        page.evaluate("hide()");

        String unseen = LOCAL.submit("place-order", SOUP);
        Browsing.await(page, () -> !shown(page).isEmpty());

        assertThat(shown(page)).containsExactly("Place an order: succeeded " + unseen);
        page.evaluate("shown[0][2].onclick()");
        assertThat(Browsing.details(page, unseen)).isVisible();
    }

    @Test
    void many_changes_are_announced_together() {
        Page page = browsing.openLive("");
        page.evaluate(
                """
                () => {
                  window.said = [];
                  const voice = document.querySelector('[data-announcement]');
                  new MutationObserver(() => said.push(voice.textContent))
                    .observe(voice, { childList: true, characterData: true, subtree: true });
                }
                """);

        List<String> ids =
                IntStream.range(0, 12)
                        .mapToObj(ignored -> LOCAL.submit("place-order", SOUP))
                        .toList();
        ids.forEach(id -> LOCAL.await(id, "SUCCEEDED"));
        Browsing.await(
                page,
                () -> (Boolean) page.evaluate("said.some(text => /\\d+ succeeded/.test(text))"));

        assertThat((int) page.evaluate("said.length")).isLessThan(12);
    }

    @SuppressWarnings("unchecked")
    private static List<String> shown(Page page) {
        return (List<String>) page.evaluate("shown.map(([title, tag]) => title + ' ' + tag)");
    }
}
