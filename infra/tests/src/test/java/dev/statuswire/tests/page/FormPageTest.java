package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.details;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.json.Json;
import dev.statuswire.tests.RuntimeExtension;
import dev.statuswire.tests.page.FormTypes.EveryField;
import dev.statuswire.tests.page.FormTypes.HostileWords;
import dev.statuswire.tests.page.FormTypes.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form in a real browser, for types that have every kind of field. */
final class FormPageTest {

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void input_arrives_in_the_form_that_the_schema_requires() {
        Page page = openForm();
        field(page, "note").fill("one\ntwo");
        field(page, "day").fill("2026-11-21");
        field(page, "at").fill("2026-11-21T10:30");
        field(page, "size").selectOption("large");
        field(page, "guests").fill("4");
        field(page, "price").fill("0.29");
        field(page, "window").check();
        field(page, "delivery.street").fill("Rue de la Paix");
        addLine(page, "toppings", "oil");
        addLine(page, "scores", "4.5");
        field(page, "other").fill("{\"vip\": true}");

        JsonNode input = LOCAL.finished(submitted(page)).get("input");

        var at = input.get("at").asText();
        assertThat(Instant.parse(at).getEpochSecond() % 900).isZero();
        assertThat(Json.write(input).replace(at, "AT"))
                .isEqualTo(
                        "{\"name\":\"Ada Lovelace\",\"note\":\"one\\ntwo\",\"day\":\"2026-11-21\","
                                + "\"at\":\"AT\",\"size\":\"large\",\"guests\":4,\"price\":0.29,"
                                + "\"window\":true,\"delivery\":{\"street\":\"Rue de la Paix\"},"
                                + "\"toppings\":[\"basil\",\"oil\"],\"scores\":[4.5],\"other\":{\"vip\":true}}");
    }

    @Test
    void numbers_keep_their_digits_from_the_form_to_the_server_and_back() {
        Page page = openForm();
        field(page, "delivery.street").fill("Rue de la Paix");
        field(page, "delivery.floor").pressSequentially("3544790567247868102");
        field(page, "other").fill("{\"account\": -1970670598291982290}");

        String id = submitted(page);

        String input = LOCAL.finished(id).get("input").toString();
        assertThat(input)
                .contains("\"floor\":3544790567247868102", "\"account\":-1970670598291982290");
        row(page, id).getByRole(AriaRole.LINK).click();
        assertThat(details(page, id)).containsText("3544790567247868102");
        assertThat(details(page, id)).containsText("-1970670598291982290");
        field(page, "delivery.floor").fill("");
        button(page, "Submit again with this input").click();
        assertThat(field(page, "delivery.floor")).hasValue("3544790567247868102");
        String again = submitted(page);
        assertThat(again).isNotEqualTo(id);
        assertThat(LOCAL.finished(again).get("input").toString()).isEqualTo(input);
    }

    @Test
    void every_kind_of_field_is_validated_and_invalid_input_is_not_sent() {
        Page page = openForm();
        var puts = new ConcurrentLinkedQueue<String>();
        page.onRequest(
                request -> {
                    if (request.method().equals("PUT")) {
                        puts.add(request.url());
                    }
                });
        field(page, "name").fill("");
        field(page, "slug").fill("Not One");
        field(page, "email").fill("ada@");
        field(page, "site").fill("example.com");
        field(page, "day").focus();
        page.keyboard().type("1");
        field(page, "size").selectOption("");
        field(page, "guests").fill("21");
        field(page, "price").fill("0.005");
        field(page, "delivery.floor").fill("1.5");
        addLine(page, "toppings", "x");
        addLine(page, "scores", "6");
        field(page, "other").fill("{");

        button(page, "Submit").click();

        assertThat(page.locator(".form-end .problem")).hasText("Correct the marked fields");
        assertThat(field(page, "name")).isFocused();
        for (String[] expected :
                new String[][] {
                    {"name", "name is required"},
                    {"slug", "slug must match the pattern ^[a-z]{2,20}$"},
                    {"email", "email must be an email address"},
                    {"site", "site must be a URI such as https://example.org"},
                    {"day", "Enter a complete value."},
                    {"size", "size is required"},
                    {"guests", "guests must be at most 20"},
                    {"price", "price must be a multiple of 0.01"},
                    {"delivery.floor", "floor must be an integer"},
                    {"delivery.street", "street is required"},
                    {"toppings.1", "an item of toppings must have at least 2 characters"},
                    {"scores.0", "an item of scores must be at most 5"},
                    {"other", "Enter valid JSON."}
                }) {
            assertThat(notes(page, expected[0])).containsText(expected[1]);
        }
        screenshot(page, "form-wrong");
        assertThat(puts).isEmpty();
    }

    @Test
    void errors_that_only_the_server_finds_are_shown_at_their_fields() {
        browsing.context().route("**/types", FormPageTest::answerWithLooserTypes);
        Page page = openForm();
        field(page, "guests").fill("21");
        field(page, "slug").fill("Not One");
        addLine(page, "toppings", "x");

        button(page, "Submit").click();

        assertThat(notes(page, "guests")).containsText("guests must be at most 20");
        assertThat(notes(page, "slug")).containsText("slug must match the pattern");
        assertThat(notes(page, "toppings.1"))
                .containsText("an item of toppings must have at least 2 characters");
        assertThat(field(page, "slug")).isFocused();
        field(page, "slug").fill("guest");
        assertThat(page.locator("[data-field=slug] .field-error")).hasCount(0);
        assertThat(notes(page, "guests")).isVisible();
    }

    @Test
    void lines_are_added_and_removed_and_a_message_does_not_swallow_a_click() {
        Page page = openForm();
        field(page, "toppings.0").fill("x");

        button(page, "Add toppings").click();

        assertThat(field(page, "toppings.1")).isFocused();
        assertThat(notes(page, "toppings.0")).containsText("must have at least 2 characters");
        field(page, "toppings.1").fill("oil");
        button(page, "Remove toppings 1").click();
        assertThat(field(page, "toppings.0")).hasValue("oil");
        assertThat(field(page, "toppings.0")).isFocused();
        button(page, "Remove toppings 1").click();
        assertThat(button(page, "Add toppings")).isFocused();
        button(page, "Submit").click();
        assertThat(notes(page, "toppings")).containsText("toppings must have at least 1 item");
        assertThat(button(page, "Add toppings")).isFocused();
    }

    @Test
    void typed_input_survives_a_reload_and_a_failed_submission() {
        Page page = openForm();
        field(page, "name").fill("Grace Hopper");
        field(page, "other").fill("{\"half\":");
        field(page, "window").check();
        addLine(page, "toppings", "oil");
        page.locator("[data-request-type]").selectOption("place-order");
        page.locator("[name=quantity]").fill("7");

        page.reload();

        assertThat(page.locator("[data-request-type]")).hasValue("place-order");
        assertThat(page.locator("[name=quantity]")).hasValue("7");
        page.locator("[data-request-type]").selectOption(EveryField.NAME);
        assertThat(field(page, "name")).hasValue("Grace Hopper");
        assertThat(field(page, "other")).hasValue("{\"half\":");
        assertThat(field(page, "window")).isChecked();
        assertThat(field(page, "toppings.1")).hasValue("oil");

        field(page, "other").fill("");
        page.route(
                "**/requests/*", route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        button(page, "Submit").click();
        assertThat(page.locator(".form-end .problem")).isVisible();
        assertThat(field(page, "name")).hasValue("Grace Hopper");

        button(page, "Start from the example").click();
        assertThat(field(page, "name")).hasValue("Ada Lovelace");
        assertThat(field(page, "toppings.1")).hasCount(0);
    }

    @Test
    void two_clicks_submit_one_request() {
        Page page = openForm();
        field(page, "name").fill("Two clicks");

        button(page, "Submit").dblclick();

        assertThat(page.locator(".submitted a")).isVisible();
        assertThat(requestsOf("Two clicks")).hasSize(1);
    }

    @Test
    void submission_whose_responses_are_lost_is_one_request_however_often_it_is_repeated() {
        browsing.context().clock().install();
        Page page = openForm();
        field(page, "name").fill("Lost answer");
        var answered = loseAnswers(page);

        button(page, "Submit").click();
        Locator note = page.locator(".form-end .note");
        Browsing.passTime(page, note::isVisible);

        assertThat(note).containsText("it will not be created twice");
        screenshot(page, "form-unanswered");
        page.unroute("**/requests/*");
        button(page, "Submit").click();
        assertThat(page.locator(".submitted a")).isVisible();
        assertThat(page.locator(".form-end .note")).hasCount(0);
        assertThat(answered).contains(202);
        assertThat(requestsOf("Lost answer")).hasSize(1);

        submitted(page);
        assertThat(requestsOf("Lost answer")).hasSize(2);
    }

    @Test
    void submission_interrupted_by_a_reload_is_one_request_when_it_is_repeated() {
        Page page = openForm();
        field(page, "name").fill("Reloaded");
        var answered = loseAnswers(page);
        button(page, "Submit").click();
        Browsing.await(page, () -> answered.contains(202));

        page.reload();

        assertThat(page.locator(".form-end .note")).containsText("Submit it again to make sure");
        page.unroute("**/requests/*");
        submitted(page);
        assertThat(page.locator(".submitted a")).isVisible();
        assertThat(requestsOf("Reloaded")).hasSize(1);
    }

    @Test
    void hostile_texts_of_a_schema_are_shown_as_text() {
        Page page = openForm(browsing.newContext(phone()).newPage(), HostileWords.NAME);
        var complaints = new ConcurrentLinkedQueue<String>();
        page.onConsoleMessage(message -> complaints.add(message.text()));

        assertThat(page.locator("#request-type-help")).containsText(FormTypes.HOSTILE);
        assertThat(page.locator(".field-help").first()).containsText(FormTypes.HOSTILE);
        assertThat(page.locator("statuswire-form img, statuswire-form script")).hasCount(0);
        assertThat(page.locator("select[name=choice] option").nth(1)).hasText(FormTypes.HOSTILE);
        assertThat(field(page, "list.0")).hasValue(FormTypes.HOSTILE);
        screenshot(page, "form-hostile");
        assertThat(overflows(page)).isFalse();
        field(page, "two words").fill("a");
        field(page, "constructor").fill("1");
        button(page, "Submit").click();
        assertThat(page.locator(".field-error")).hasCount(2);
        assertThat(page.evaluate("window.hurt === undefined")).isEqualTo(true);
        assertThat(complaints).isEmpty();
    }

    @Test
    void hostile_texts_in_every_field_are_shown_as_text() {
        Page page = openForm();
        field(page, "name").fill(FormTypes.HOSTILE.substring(0, 40));
        field(page, "note").fill("javascript:window.hurt=1");
        field(page, "delivery.street").fill(FormTypes.FROM_RIGHT);
        field(page, "toppings.0").fill(FormTypes.LONG_WORD);
        addLine(page, "toppings", FormTypes.HOSTILE);
        field(page, "other").fill("{%1$s:%1$s}".formatted(json(FormTypes.HOSTILE)));

        String id = submitted(page);

        assertThat(LOCAL.finished(id).at("/input/toppings/0").asText())
                .isEqualTo(FormTypes.LONG_WORD);
        row(page, id).getByRole(AriaRole.LINK).click();
        assertThat(details(page, id)).containsText(FormTypes.HOSTILE);
        field(page, "slug").fill(FormTypes.HOSTILE);
        field(page, "email").fill("javascript:window.hurt=1");
        field(page, "site").fill(FormTypes.LONG_WORD + "!");
        button(page, "Submit").click();
        assertThat(notes(page, "slug")).isVisible();
        assertThat(page.locator("statuswire-app img:not([src='./favicon.svg']), main script"))
                .hasCount(0);
        assertThat(page.evaluate("window.hurt === undefined")).isEqualTo(true);
        assertThat(field(page, "name")).hasAttribute("dir", "auto");
    }

    @Test
    void a_request_is_submitted_by_keyboard_alone() {
        Page page = openForm();
        page.locator("[data-request-type]").focus();
        page.keyboard().press("Tab");
        assertThat(field(page, "name")).isFocused();
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("Keys");
        tabTo(page, "Remove toppings 1");
        page.keyboard().press("Enter");
        assertThat(button(page, "Add toppings")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().type("basil");
        tabTo(page, "Submit");
        page.keyboard().press("Enter");

        assertThat(page.locator(".submitted a")).isVisible();
        assertThat(button(page, "Submit")).isFocused();
        assertThat(requestsOf("Keys")).hasSize(1);
        field(page, "name").fill("Keys again");
        page.keyboard().press("Enter");
        Browsing.await(page, () -> requestsOf("Keys again").size() == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "America/Los_Angeles, 2026-11-01T09:30:00Z, 2026-11-01T01:30",
        "Asia/Kathmandu, 2026-11-29T10:00:00.123456+01:00, 2026-11-29T14:45:00.123",
        "Europe/Berlin, 0099-06-01T00:00:00Z, 0099-06-01T00:53:28"
    })
    void stored_time_is_shown_as_local_time_and_submitted_again_unchanged(
            String zone, String moment, String shown) {
        String id = submitMoment(moment);
        Page page = openIn(zone, "#/requests/" + id);

        button(page, "Submit again with this input").click();

        assertThat(field(page, "when")).hasValue(shown);
        JsonNode again = LOCAL.finished(submitted(page)).get("input");
        assertThat(again.get("when").asText()).isEqualTo(moment);
    }

    @Test
    void local_time_that_occurs_twice_is_the_first_instant_until_the_other_is_chosen() {
        Page page = openIn("America/Los_Angeles", "");
        page.locator("[data-request-type]").selectOption(Moment.NAME);

        field(page, "when").fill("2026-11-01T01:30");

        assertThat(page.locator("[data-field=when]")).containsText("2026-11-01T08:30:00Z");
        screenshot(page, "form-time-twice");
        AccessibilityCheck.check(page, "a local time that occurs twice");
        button(page, "Use the other").click();
        JsonNode input = LOCAL.finished(submitted(page)).get("input");
        assertThat(input.get("when").asText()).isEqualTo("2026-11-01T09:30:00Z");
        field(page, "when").fill("2026-11-01T09:00");
        assertThat(button(page, "Use the other")).hasCount(0);
        input = LOCAL.finished(submitted(page)).get("input");
        assertThat(input.get("when").asText()).isEqualTo("2026-11-01T17:00:00Z");
    }

    @Test
    void form_fits_a_narrow_screen_in_dark_mode() {
        Page page = openForm(browsing.newContext(phone()).newPage(), EveryField.NAME);
        addLine(page, "toppings", "x");
        field(page, "guests").fill("21");

        button(page, "Submit").click();

        assertThat(notes(page, "guests")).containsText("20");
        assertThat(overflows(page)).isFalse();
        screenshot(page, "form-dark-narrow");
    }

    private static String submitMoment(String moment) {
        String id = ApiClient.newId();
        String body =
                "{\"type\":\"%s\",\"input\":{\"when\":\"%s\"}}".formatted(Moment.NAME, moment);
        assertThat(LOCAL.api().putJson("/requests/" + id, body).status()).isEqualTo(202);
        return id;
    }

    private Page openIn(String zone, String fragment) {
        var options = new Browser.NewContextOptions().setTimezoneId(zone);
        return browsing.open(browsing.newContext(options), fragment);
    }

    private Page openForm() {
        return openForm(browsing.context().newPage(), EveryField.NAME);
    }

    private static Page openForm(Page page, String type) {
        page.navigate(LOCAL.page().toString());
        page.locator("[data-request-type]").selectOption(type);
        Browsing.awaitLive(page);
        return page;
    }

    private static Browser.NewContextOptions phone() {
        return new Browser.NewContextOptions()
                .setColorScheme(ColorScheme.DARK)
                .setViewportSize(320, 900);
    }

    private static Locator field(Page page, String name) {
        return page.locator("[name=" + json(name) + "]");
    }

    /** Returns the element for the errors of a field. */
    private static Locator notes(Page page, String name) {
        return page.locator("[id=" + json("notes-" + name) + "]");
    }

    private static void addLine(Page page, String list, String text) {
        button(page, "Add " + list).click();
        page.locator("[data-field=%s] input".formatted(list)).last().fill(text);
    }

    /** Submits the form, and returns the id of the request. */
    private static String submitted(Page page) {
        Response answer =
                page.waitForResponse(
                        response -> response.request().method().equals("PUT"),
                        () -> button(page, "Submit").click());
        return answer.url().substring(answer.url().lastIndexOf('/') + 1);
    }

    private static void tabTo(Page page, String button) {
        for (int tabs = 0; tabs < 60; tabs++) {
            Object name =
                    page.evaluate(
                            "document.activeElement.ariaLabel ??"
                                    + " document.activeElement.textContent.trim()");
            if (button.equals(name)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab does not reach " + button);
    }

    /**
     * Lets submissions reach the server, but drops its responses. Returns the statuses of the
     * dropped responses.
     */
    private static ConcurrentLinkedQueue<Integer> loseAnswers(Page page) {
        var answered = new ConcurrentLinkedQueue<Integer>();
        page.route(
                "**/requests/*",
                route -> {
                    if (route.request().method().equals("PUT")) {
                        answered.add(route.fetch().status());
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
        return answered;
    }

    /** Serves the types with little more than the names and kinds of their fields. */
    private static void answerWithLooserTypes(Route route) {
        JsonNode types = Json.parse(route.fetch().text()).orElseThrow();
        types.forEach(type -> loosen(type.get("schema")));
        route.fulfill(
                new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(Json.write(types)));
    }

    private static void loosen(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.retain(Set.of("type", "properties", "items", "title", "enum"));
            object.path("properties").forEach(FormPageTest::loosen);
            loosen(object.path("items"));
        }
    }

    private static List<JsonNode> requestsOf(String name) {
        JsonNode page = LOCAL.api().get("/requests?limit=100&type=" + EveryField.NAME).json();
        return StreamSupport.stream(page.get("requests").spliterator(), false)
                .filter(request -> name.equals(request.at("/input/name").asText()))
                .toList();
    }

    private static boolean overflows(Page page) {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    }

    private static String json(String text) {
        return Json.write(Json.MAPPER.valueToTree(text));
    }
}
