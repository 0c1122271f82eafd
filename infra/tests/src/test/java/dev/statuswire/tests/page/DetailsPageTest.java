package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.details;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static dev.statuswire.tests.page.StubbedRequests.before;
import static dev.statuswire.tests.page.StubbedRequests.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.statuswire.core.json.Json;
import dev.statuswire.tests.RuntimeExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The details of a request, in a real browser. */
final class DetailsPageTest {

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void bars_of_a_running_order_follow_each_other_and_grow() {
        String id = LOCAL.submit("place-order", order("\"cookMillis\":600000"));
        Page page = browsing.openLive("#/requests/" + id);
        Locator cook = step(page, "cook");
        Browsing.awaitStatus(cook, "RUNNING");

        assertThat(cook.locator(".step-duration")).containsText(Pattern.compile("[1-9]\\.\\d s"));

        assertThat(cook.locator(".growing")).isVisible();
        // Evaluated in one call, because everything moves every second.
        Object placed =
                page.evaluate(
                        """
                        () => {
                          const box = (selector) =>
                            document.querySelector(selector).getBoundingClientRect();
                          const before = box('[data-step=check-menu] .stretch');
                          const cook = box('[data-step=cook] .stretch');
                          const track = box('[data-step=cook] .track');
                          return before.right < cook.left + 4
                            && Math.abs(track.right - cook.right) < 2;
                        }
                        """);
        assertThat(placed).isEqualTo(true);
        assertThat(step(page, "serve").locator(".stretch")).hasCount(0);
        assertThat(cook).containsText("Running");
    }

    @Test
    void order_that_failed_every_attempt_shows_where_why_and_what_to_do() {
        String id = LOCAL.submit("place-order", order("\"failStep\":\"serve\",\"failTimes\":3"));
        LOCAL.await(id, "FAILED");
        Page page = browsing.openLive("#/requests/" + id);

        Locator failure = page.locator(".failure");
        assertThat(failure).containsText("kitchen-failed");
        assertThat(failure)
                .containsText("it continues at step serve. Finished steps do not run again.");
        Browsing.awaitStatus(step(page, "serve"), "FAILED");
        assertThat(step(page, "serve").locator(".step-error")).containsText("kitchen-failed");
        assertThat(page.locator(".facts")).containsText("Attempt");
        screenshot(page, "details-failed");

        button(page, "Retry").click();

        Browsing.awaitStatus(details(page, id), "SUCCEEDED");
        assertThat(page.locator(".failure")).hasCount(0);
        assertThat(page.locator("[data-step] .stretch")).hasCount(3);
        summary(page, "Changes").click();
        assertThat(page.locator(".changes")).containsText("retry requested");
        assertThat(page.locator(".changes")).containsText("serve succeeded");
        screenshot(page, "details-retried");
    }

    @Test
    void cancelled_order_shows_what_was_done_before_and_every_change() {
        String id = LOCAL.submit("place-order", order("\"cookMillis\":600000"));
        LOCAL.await(id, "RUNNING");
        Page page = browsing.openLive("#/requests/" + id);
        Browsing.awaitStatus(step(page, "cook"), "RUNNING");

        button(page, "Cancel").click();

        Browsing.awaitStatus(details(page, id), "CANCELLED");
        assertThat(step(page, "cook")).containsText("Cancelled");
        assertThat(step(page, "cook").locator(".stretch")).isVisible();
        assertThat(page.locator(".growing")).hasCount(0);
        summary(page, "Changes").click();
        Locator changes = page.locator(".changes li");
        assertThat(changes.first())
                .hasAttribute("data-version", "" + LOCAL.status(id).get("version"));
        assertThat(changes.first()).containsText("Cancelled");
        assertThat(changes.last()).containsText("submitted");
        assertThat(page.locator(".changes")).containsText("cancel requested");
        screenshot(page, "details-changes");

        page.reload();
        summary(page, "Changes").click();
        assertThat(changes)
                .containsText(
                        new String[] {"cancelled", "cancel requested", "started", "submitted"});
    }

    @Test
    void copied_command_submits_the_same_content_as_a_new_request() throws Exception {
        String dish = "it's \"$(date)\" `id` \\\n!! \u202e\u00e9";
        String input =
                "{\"dish\":\"soup\",\"quantity\":2,\"note\":%s}"
                        .formatted(Json.MAPPER.writeValueAsString(dish));
        Page page =
                openStubbed(
                        contextWithClipboard(),
                        document("order-0001", "{\"input\":" + input + "}"));
        button(page, "Copy as curl").click();
        assertThat(page.locator(".actions [role=status]").first()).hasText("Copied");
        String command = clipboard(page);

        JsonNode answer = bash(command.replace("curl", "curl -s"));

        // The type has no notes, so the server's error shows that the note arrived unchanged.
        assertThat(answer.path("status").asInt()).isEqualTo(422);
        assertThat(answer.toString()).contains("note");
        assertThat(sent(command)).isEqualTo(Json.parse(input).orElseThrow());
    }

    @Test
    void copied_command_of_an_order_is_accepted() throws Exception {
        String id = LOCAL.submit("place-order", order("\"cookMillis\":1"));
        LOCAL.await(id, "SUCCEEDED");
        BrowserContext context = contextWithClipboard();
        Page page = browsing.open(context, "#/requests/" + id);
        button(page, "Copy as curl").click();
        assertThat(page.locator(".actions [role=status]").first()).hasText("Copied");

        JsonNode answer = bash(clipboard(page).replace("curl", "curl -s"));

        String other = answer.path("id").asText();
        assertThat(other).isNotEqualTo(id);
        assertThat(LOCAL.await(other, "SUCCEEDED").get("input"))
                .isEqualTo(LOCAL.status(id).get("input"));
        assertThat(page.locator("[data-request-id=\"" + other + "\"]")).isVisible();
    }

    @Test
    void copied_web_page_submits_the_same_and_shows_its_progress() {
        String id = LOCAL.submit("place-order", order("\"cookMillis\":1"));
        BrowserContext context = contextWithClipboard();
        Page page = browsing.open(context, "#/requests/" + id);
        button(page, "Copy as a web page").click();
        assertThat(page.locator(".actions [role=status]").last()).hasText("Copied");
        String copied = clipboard(page);
        context.route(
                "**/mine.html",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("text/html")
                                        .setBody(copied)));

        Page mine = context.newPage();
        mine.navigate(LOCAL.page() + "mine.html");
        button(mine, "Submit").click();

        assertThat(mine.locator("output")).containsText("SUCCEEDED");
    }

    @Test
    void text_from_right_to_left_is_shown_from_right_to_left() {
        String more =
                """
                {"input":{"name":"שלום, עולם!","note":"مرحبا (hello) بالعالم"}}
                """;
        Page page = openStubbed(browsing.context(), document("order-0001", more));

        Locator name = page.locator(".json-string").first();
        assertThat(name.evaluate("it => getComputedStyle(it).direction")).isEqualTo("rtl");
        screenshot(page, "details-rtl");
    }

    @Test
    void details_fit_a_narrow_screen_in_dark_mode_without_motion() {
        var options =
                new Browser.NewContextOptions()
                        .setColorScheme(ColorScheme.DARK)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(320, 1400);
        Page page = openStubbed(browsing.newContext(options), running());

        assertThat(step(page, "cook").locator(".stretch")).isVisible();
        assertThat(top(step(page, "cook").locator(".track")))
                .isGreaterThan(top(step(page, "cook").locator(".step-name")) + 10);
        assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
        screenshot(page, "details-dark-narrow");
    }

    @Test
    void steps_have_their_names_beside_their_bars_if_there_is_room() {
        var options = new Browser.NewContextOptions().setViewportSize(1100, 900);
        Page page = openStubbed(browsing.newContext(options), running());
        Locator cook = step(page, "cook");

        assertThat(left(cook.locator(".track"))).isGreaterThan(right(cook.locator(".step-name")));
        assertThat(top(cook.locator(".track"))).isLessThan(top(cook.locator(".step-time")));
        screenshot(page, "details-medium");
    }

    private static ObjectNode running() {
        return document(
                "order-0001",
                """
                {"attempt":2,"version":9,"progress":{"percent":40,"message":"cooking"},
                 "input":{"dish":"soup","quantity":2,"simulate":{"cookMillis":20000,"rejected":null,"vip":true}},
                 "steps":[
                  {"name":"check-menu","status":"SUCCEEDED","startedAt":"%s","endedAt":"%s","output":{"dish":"soup","cents":650}},
                  {"name":"cook","status":"RUNNING","startedAt":"%s"},
                  {"name":"serve","status":"PENDING"}],
                 "links":{"self":"","cancel":"/requests/order-0001/cancel","retry":null}}
                """
                        .formatted(before(8_800), before(8_000), before(8_000)));
    }

    private static String order(String simulate) {
        return "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{" + simulate + "}}";
    }

    /**
     * Opens the details of the first of these documents, at the time {@link StubbedRequests#NOW}.
     */
    private Page openStubbed(BrowserContext context, ObjectNode... documents) {
        new StubbedRequests(context, documents);
        context.clock().setFixedTime(StubbedRequests.NOW.toEpochMilli());
        String id = documents[0].get("id").asText();
        Page page = browsing.open(context, "#/requests/" + id);
        assertThat(details(page, id)).isVisible();
        return page;
    }

    private BrowserContext contextWithClipboard() {
        BrowserContext context = browsing.newContext(new Browser.NewContextOptions());
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        return context;
    }

    private static String clipboard(Page page) {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    private static JsonNode bash(String command) throws IOException {
        Process process =
                new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Json.parse(output).orElseThrow(() -> new AssertionError(command + "\n" + output));
    }

    /** Returns the input in the command's body, after a shell has parsed it. */
    private static JsonNode sent(String command) throws IOException {
        return bash(command.replace("curl", "curl() { echo \"${@: -1}\"; }; curl")).get("input");
    }

    private static Locator step(Page page, String name) {
        return page.locator("[data-step=\"" + name + "\"]");
    }

    private static Locator summary(Page page, String words) {
        return page.locator("statuswire-details summary").filter(text(words)).first();
    }

    private static Locator.FilterOptions text(String words) {
        return new Locator.FilterOptions().setHasText(words);
    }

    private static double left(Locator element) {
        return element.boundingBox().x;
    }

    private static double right(Locator element) {
        var box = element.boundingBox();
        return box.x + box.width;
    }

    private static double top(Locator element) {
        return element.boundingBox().y;
    }
}
