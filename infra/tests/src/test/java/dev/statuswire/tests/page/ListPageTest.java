package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.statuswire.tests.RuntimeExtension;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of requests in a real browser: long, filtered, changing, and used by keyboard. */
final class ListPageTest {

    private static final String SOUP = "{\"dish\":\"soup\",\"quantity\":1}";
    private static final String FAILS =
            """
            {"dish":"pasta","quantity":1,"simulate":{"failStep":"serve","reject":true}}
            """;

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void list_of_a_thousand_loads_while_scrolling_and_renders_only_visible_rows() {
        StubbedRequests.finished(browsing.context(), 1_000);
        Page page = browsing.openLive("");
        assertThat(page.locator(".count")).hasText("newest 50");
        assertThat(row(page, "request-01000")).isVisible();
        screenshot(page, "list-long");

        while (!"1,000".equals(page.locator(".count").innerText())) {
            String before = page.locator(".count").innerText();
            page.evaluate("document.querySelector('.rows-scroll').scrollTop = 1e9");
            assertThat(page.locator(".count")).not().hasText(before);
            assertThat(page.locator("li[data-row]").count()).isLessThan(60);
        }
        page.evaluate("document.querySelector('.rows-scroll').scrollTop = 1e9");

        assertThat(row(page, "request-00001")).isInViewport();
        assertThat(row(page, "request-01000")).hasCount(0);
        assertThat(page.locator("[data-count=FAILED]")).containsText("334");
    }

    @Test
    void row_under_the_pointer_keeps_its_place_until_the_pointer_leaves() {
        String older = finishedOrder();
        String newer = finishedOrder();
        Page page = browsing.openLive("");
        row(page, older).hover();
        double before = row(page, older).boundingBox().y;

        String newest = LOCAL.submit("place-order", SOUP);

        assertThat(button(page, "1 new")).isVisible();
        assertThat(row(page, newest)).hasCount(0);
        assertThat(row(page, older).boundingBox().y).isEqualTo(before);
        screenshot(page, "list-held");
        page.mouse().move(5, 5);
        assertThat(row(page, newest)).isVisible();
        assertThat(rowIds(page)).containsSubsequence(newest, newer, older);
    }

    @Test
    void waiting_rows_are_shown_on_request() {
        String older = finishedOrder();
        Page page = browsing.openLive("");
        row(page, older).hover();
        String newest = LOCAL.submit("place-order", SOUP);

        button(page, "1 new").click();

        assertThat(row(page, newest)).isVisible();
    }

    @Test
    void row_that_is_scrolled_to_keeps_its_place_when_others_are_added_above() {
        List<String> ids = List.of("", "", "", "", "", "", "", "", "", "", "", "");
        ids.forEach(ignored -> finishedOrder());
        Page page = browsing.openLive("");
        page.evaluate("document.querySelector('.rows-scroll').scrollTop = 200");
        String seen = rowIds(page).get(6);
        double before = row(page, seen).boundingBox().y;
        String count = page.locator(".count").innerText();

        finishedOrder();

        assertThat(page.locator(".count")).not().hasText(count);
        assertThat(row(page, seen).boundingBox().y).isEqualTo(before);
    }

    @Test
    void filters_narrow_the_list_and_are_in_the_url_and_survive_a_reload() {
        String succeeded = finishedOrder();
        String failed = LOCAL.submit("place-order", FAILS);
        LOCAL.await(failed, "FAILED");
        Page page = browsing.openLive("");
        assertThat(row(page, succeeded)).isVisible();

        page.locator("[data-count=FAILED]").click();

        assertThat(row(page, succeeded)).hasCount(0);
        assertThat(row(page, failed)).isVisible();
        assertThat(page).hasURL(Pattern.compile("#/\\?status=FAILED$"));
        page.reload();
        assertThat(page.locator("[data-count=FAILED]")).hasAttribute("aria-pressed", "true");
        assertThat(row(page, failed)).isVisible();
        assertThat(row(page, succeeded)).hasCount(0);
        screenshot(page, "list-filtered");
        page.locator("[data-count=FAILED]").click();
        assertThat(row(page, succeeded)).isVisible();
    }

    @Test
    void request_is_found_by_its_id_by_text_in_its_input_and_by_its_type() {
        String order = finishedOrder();
        String name = "Ada" + order.substring(0, 8);
        String user =
                LOCAL.submit(
                        "register-user",
                        "{\"name\":\"%s\",\"email\":\"%s@example.org\",\"username\":\"%s\"}"
                                .formatted(name, name, name));
        Page page = browsing.openLive("");
        Locator search = page.getByRole(AriaRole.SEARCHBOX);

        search.fill(name.toUpperCase(Locale.ROOT));
        assertThat(row(page, user)).isVisible();
        assertThat(row(page, order)).hasCount(0);
        search.fill(order.substring(3));
        assertThat(row(page, order)).isVisible();
        assertThat(row(page, user)).hasCount(0);
        search.fill("nothing is like this");
        assertThat(page.locator(".list-panel .empty")).containsText("No matches among the");
        search.fill("");
        page.locator(".filter-type").selectOption("register-user");
        assertThat(row(page, user)).isVisible();
        assertThat(row(page, order)).hasCount(0);
        assertThat(page).hasURL(Pattern.compile("type=register-user$"));
    }

    @Test
    void older_requests_are_searched_a_thousand_at_a_time() {
        StubbedRequests.finished(browsing.context(), 3_000);
        Page page = browsing.openLive("#/?q=request-00005");
        Locator more =
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(Pattern.compile("^Search older requests")));

        for (int asked = 0; asked < 2; asked++) {
            more.click();
        }

        assertThat(row(page, "request-00005")).isVisible();
        assertThat(page.locator("li[data-row]")).hasCount(1);
    }

    @Test
    void open_request_and_filter_are_restored_by_url_and_by_back_and_forward() {
        String id = finishedOrder();
        Page page = browsing.openLive("#/?status=SUCCEEDED");
        row(page, id).getByRole(AriaRole.LINK).click();
        assertThat(Browsing.details(page, id)).isVisible();
        assertThat(page).hasURL(Pattern.compile("#/requests/" + id + "\\?status=SUCCEEDED$"));

        page.goBack();

        assertThat(Browsing.details(page, id)).hasCount(0);
        page.goForward();
        assertThat(Browsing.details(page, id)).isVisible();
        page.reload();
        assertThat(Browsing.details(page, id)).isVisible();
        assertThat(page.locator("[data-count=SUCCEEDED]")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void list_is_navigated_and_a_request_opened_and_closed_by_keyboard_alone() {
        StubbedRequests.finished(browsing.context(), 200);
        Page page = browsing.openLive("");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#list-title")).isFocused();
        for (int tabs = 0; tabs < 11; tabs++) {
            page.keyboard().press("Tab");
        }
        assertThat(link(page, "request-00200")).isFocused();

        page.keyboard().press("ArrowDown");
        page.keyboard().press("PageDown");
        assertThat(link(page, "request-00191")).isFocused();
        assertThat(row(page, "request-00191")).isInViewport();
        page.keyboard().press("End");
        assertThat(link(page, "request-00151")).isFocused();
        page.keyboard().press("Home");
        assertThat(link(page, "request-00200")).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.locator("#details-title")).isFocused();
        page.goBack();
        assertThat(link(page, "request-00200")).isFocused();
    }

    @Test
    void times_are_updated_and_the_exact_time_is_shown_on_hover() {
        browsing.context().clock().install();
        StubbedRequests.finished(browsing.context(), 1);
        Page page = browsing.openLive("");
        Locator time = row(page, "request-00001").locator("time");
        assertThat(time).hasText("just now");
        assertThat(time).hasAttribute("title", Pattern.compile("\\d:\\d\\d:\\d\\d"));

        Browsing.passTime(page, () -> time.innerText().equals("10 s ago"));
    }

    private static Locator link(Page page, String id) {
        return row(page, id).getByRole(AriaRole.LINK);
    }

    @SuppressWarnings("unchecked")
    private static List<String> rowIds(Page page) {
        return (List<String>)
                page.locator("li[data-row]")
                        .evaluateAll(
                                "rows => rows.sort((one, other) => one.offsetTop -"
                                        + " other.offsetTop).map(row => row.dataset.row)");
    }

    private static String finishedOrder() {
        String id = LOCAL.submit("place-order", SOUP);
        LOCAL.await(id, "SUCCEEDED");
        return id;
    }
}
