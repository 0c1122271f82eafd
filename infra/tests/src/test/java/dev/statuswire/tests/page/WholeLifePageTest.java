package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.awaitStatus;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.details;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.RuntimeExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that are answered, shared, undone, scheduled and deleted, in a real browser. */
final class WholeLifePageTest {

    private static final String CLAIM =
            "{\"amount\":250,\"currency\":\"EUR\",\"purpose\":\"Chair\"}";

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void claim_is_approved_by_another_person_through_a_link_and_both_see_it_paid() {
        Page mine = openClaim();
        String id = claim(mine);
        String url = link(mine, "see the request, and answer it");
        screenshot(mine, "links");

        Page theirs = openLink(url);
        screenshot(theirs, "link-waiting");
        assertThat(theirs.locator("body")).not().containsText("purpose");
        approve(theirs);

        awaitStatus(details(theirs, id), "SUCCEEDED");
        awaitStatus(details(mine, id), "SUCCEEDED");
        screenshot(theirs, "link-finished");
        assertThat(mine.locator(".answer-end, [data-answer]")).hasCount(0);
        JsonNode history = LOCAL.status(id).get("history");
        assertThat(history.findValuesAsText("event")).contains("answered");
        assertThat(history.valueStream())
                .filteredOn(it -> it.get("event").asText().equals("answered"))
                .extracting(it -> it.get("by").asText())
                .containsExactly("link");
    }

    @Test
    void link_shows_nothing_more_once_it_is_revoked() {
        Page mine = openClaim();
        String id = claim(mine);
        String url = link(mine, "see the request");
        Page theirs = openLink(url);
        assertThat(theirs.locator("[data-answer]")).hasCount(0);

        mine.locator(".links li button").first().click();
        button(mine, "Revoke it").click();
        assertThat(mine.locator(".links li")).hasCount(0);
        approve(mine);

        awaitStatus(details(mine, id), "SUCCEEDED");
        assertThat(theirs.locator("main"))
                .containsText("This link is not valid or is no longer valid.");
        screenshot(theirs, "link-revoked");
        assertThat(details(theirs, id)).hasCount(0);
    }

    @Test
    void link_of_a_deleted_request_is_not_valid_any_more() {
        Page mine = openClaim();
        String id = claim(mine);
        String url = link(mine, "see the request");
        Page theirs = openLink(url);
        approve(mine);
        awaitStatus(details(mine, id), "SUCCEEDED");
        awaitStatus(details(theirs, id), "SUCCEEDED");

        button(mine, "Delete").click();
        button(mine, "Delete it").click();

        assertThat(theirs.locator("main"))
                .containsText("This link is not valid or is no longer valid.");
        assertThat(row(mine, id)).hasCount(0);
        Await.get(
                "the request is gone",
                () ->
                        Optional.of(LOCAL.api().get("/status/" + id).status())
                                .filter(status -> status == 404));
    }

    @Test
    void second_answer_shows_the_one_that_was_accepted_first() {
        Page mine = openClaim();
        String id = claim(mine);
        field(mine, "approved").selectOption("Yes");
        String sent = "{\"step\":\"approve\",\"answer\":{\"approved\":false,\"reason\":\"No.\"}}";
        mine.route(
                "**/answer",
                route -> {
                    LOCAL.api().postJson("/requests/" + id + "/answer", sent);
                    route.resume();
                });

        button(mine, "Send answer").click();

        assertThat(mine.locator(".answer-end")).hasText("Another answer was accepted first:");
        assertThat(mine.locator("statuswire-answer")).containsText("No.");
        awaitStatus(details(mine, id), "FAILED");
    }

    @Test
    void trip_whose_car_fails_shows_the_way_back() {
        String id =
                LOCAL.submit(
                        "book-trip",
                        "{\"from\":\"Berlin\",\"to\":\"Lisbon\",\"nights\":3,"
                                + "\"simulate\":{\"failStep\":\"car\",\"stepMillis\":0}}");
        Page page = browsing.openLive("#/requests/" + id);

        awaitStatus(details(page, id), "FAILED");
        awaitStatus(page.locator("[data-step=flight]"), "UNDONE");
        awaitStatus(page.locator("[data-step=hotel]"), "UNDONE");
        awaitStatus(page.locator("[data-step=car]"), "FAILED");
        screenshot(page, "undone");
    }

    @Test
    void request_that_is_scheduled_in_the_form_can_be_cancelled() {
        Page page = browsing.openLive("");
        page.locator("[data-request-type]").selectOption("place-order");
        page.locator(".schedule summary").click();
        page.locator("[name=notBefore]").fill("2098-01-31T14:30");
        var answer =
                page.waitForResponse(
                        response -> response.request().method().equals("PUT"),
                        () -> button(page, "Submit").click());
        String id = answer.url().substring(answer.url().lastIndexOf('/') + 1);

        awaitStatus(row(page, id), "SCHEDULED");
        assertThat(row(page, id)).containsText("2098");
        row(page, id).getByRole(AriaRole.LINK).click();
        details(page, id)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        awaitStatus(details(page, id), "CANCELLED");
        screenshot(page, "schedule-cancelled");
    }

    /** Submits a claim that waits for its approval, and opens its details. */
    private Page openClaim() {
        String id = LOCAL.submit("expense-claim", CLAIM);
        LOCAL.await(id, "WAITING");
        return browsing.openLive("#/requests/" + id);
    }

    /** Opens a link as another person, and waits until its page is live. */
    private Page openLink(String url) {
        Page page = browsing.newContext(new Browser.NewContextOptions()).newPage();
        page.navigate(url);
        Browsing.awaitLive(page);
        return page;
    }

    /** Returns the id of the request whose details are open. */
    private static String claim(Page page) {
        String id = page.locator("[data-request-details]").getAttribute("data-request-details");
        awaitStatus(details(page, id), "WAITING");
        return id;
    }

    /** Creates a link in the details that are open, and returns its URL. */
    private static String link(Page page, String allows) {
        page.locator(".links summary").click();
        page.locator(".create-link").click();
        Locator dialog = page.locator(".link-dialog");
        dialog.locator("select").first().selectOption(new String[] {capitalized(allows)});
        dialog.locator("[name=label]").fill("For Bob");
        button(page, "Create link").click();
        String url = page.locator("#link-url").inputValue();
        button(page, "Done").click();
        assertThat(page.locator(".links li")).containsText("For Bob");
        return url;
    }

    private static String capitalized(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static void approve(Page page) {
        field(page, "approved").selectOption("Yes");
        button(page, "Send answer").click();
    }

    private static Locator field(Page page, String name) {
        return page.locator("[data-answer] [name=" + name + "]");
    }
}
