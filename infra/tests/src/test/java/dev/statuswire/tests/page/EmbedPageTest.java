package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.tests.Readme;
import dev.statuswire.tests.RuntimeExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exact element and the exact page of docs/guide/embed.md, except for the server's URL and the
 * request's id, on third-party sites.
 */
final class EmbedPageTest {

    private static final Readme DOCUMENT = Readme.read("docs/guide/embed.md");
    private static final String DOCUMENTED_HOST = "work.example.org";
    private static final int LINES = 20;

    /** Records what the element shows at each of its events {@code change}. */
    private static final String RECORDER =
            """
            element => element.addEventListener('change', () => {
              const parts = (name) => [...element.shadowRoot.querySelectorAll(`[part=${name}]`)];
              const [status, bar] = [...parts('status'), ...parts('progress')];
              const progress = bar.hidden ? '' :
                `${bar.ariaLabel} ${bar.getAttribute('aria-valuetext')}`;
              const steps = parts('step').map((step) => step.textContent);
              window.shown.push([status.textContent, progress, ...steps].join(' '));
            })
            """;

    /** The two lines of the element. */
    private static final String ELEMENT = DOCUMENT.blocks("html").getFirst();

    private static final String DOCUMENTED_ID = "order-0001";
    private static final String PAGE = DOCUMENT.blocks("html").getLast();

    /** A page around the element, with a color scheme and without styles. */
    @SuppressWarnings("InlineFormatString") // a whole page
    private static final String AROUND =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8" /><title>Your order</title>
            <meta name="viewport" content="width=device-width" />
            <meta name="color-scheme" content="light dark" />
            <main><h1>Your order</h1>
            %s
            </main>
            """;

    /** Records every text that the page shows. */
    private static final String LISTENER =
            """
            window.shown = [];
            new MutationObserver(() => {
              const text = document.querySelector('output')?.value;
              if (text && text !== window.shown.at(-1)) window.shown.push(text);
            }).observe(document, { childList: true, subtree: true, characterData: true });
            """;

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();
    private static final ForeignSite ALLOWED = SharedFixtures.allowedSite();
    private static final ForeignSite NOT_ALLOWED = ForeignSite.open();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> frames = new ConcurrentLinkedQueue<>();
    private final List<String> sockets = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        browsing.context().addInitScript(LISTENER);
    }

    @AfterAll
    static void closeSite() {
        NOT_ALLOWED.close();
    }

    @Test
    void page_of_an_allowed_origin_submits_and_sees_progress_live() {
        Page page = open(ALLOWED);

        button(page, "Order soup").click();

        assertThat(words(page)).containsText(Pattern.compile("RUNNING .*cooking"));
        screenshot(page, "embedded");
        assertThat(words(page)).containsText("SUCCEEDED");
        assertThat(page.locator("progress")).hasJSProperty("value", 100);
        assertThat(shown(page))
                .as("progress in between")
                .filteredOn(text -> text.startsWith("RUNNING cooking"))
                .hasSizeGreaterThanOrEqualTo(1);
        assertThat(frames).anyMatch(frame -> frame.contains("\"SUCCEEDED\""));
        assertThat(errors).isEmpty();
    }

    @Test
    void element_shows_a_request_live_to_its_end_and_shares_its_socket_with_another_element() {
        String id = ApiClient.newId();
        String rejected = submit(ApiClient.newId(), "\"failStep\":\"serve\",\"reject\":true");
        Page page = openElements(browsing.context(), id, rejected);
        Locator order = element(page, id);
        assertThat(part(order, "error")).containsText("does not exist");
        order.evaluate(RECORDER);

        submit(id, "\"cookMillis\":3000");

        assertThat(part(order, "status")).hasText("Running");
        screenshot(page, "element");
        assertThat(part(order, "status")).hasText("Succeeded");
        screenshot(page, "element-succeeded");
        assertThat(order.getByRole(AriaRole.PROGRESSBAR)).isHidden();
        assertThat(order.getByRole(AriaRole.STATUS)).hasText("Place an order: succeeded");
        assertThat(part(element(page, rejected), "error")).containsText("in step serve");
        assertThat(shown(page))
                .anyMatch(
                        content ->
                                content.matches("Running Progress \\d+% cooking .*cook Running.*"))
                .last(InstanceOfAssertFactories.STRING)
                .matches("Succeeded .*check-menu Succeeded.*cook Succeeded.*serve Succeeded.*");
        assertThat(frames).anyMatch(frame -> frame.contains("\"SUCCEEDED\""));
        assertThat(sockets).hasSize(1);
        assertThat(errors)
                .as("only the reads before the submission")
                .allMatch(error -> error.contains("status of 404"));
    }

    @Test
    void page_styles_the_element_with_custom_properties_and_parts() {
        String rejected = submit(ApiClient.newId(), "\"failStep\":\"serve\",\"reject\":true");
        Page page = openElements(browsing.context(), rejected);
        Locator order = element(page, rejected);
        assertThat(part(order, "status")).hasText("Failed");
        assertThat(part(order, "steps")).isVisible();

        page.evaluate(
                """
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(`
                  statuswire-request { --statuswire-failed-color: rgb(90, 0, 90) }
                  statuswire-request::part(steps) { display: none }`);
                document.adoptedStyleSheets = [sheet];
                """);

        assertThat(part(order, "status")).hasCSS("color", "rgb(90, 0, 90)");
        assertThat(part(order, "steps")).isHidden();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, 'rgb(255, 255, 255)'", "DARK, 216, 'rgb(23, 27, 36)'"})
    void element_is_accessible_in_light_and_dark_mode_and_fits_into_200_pixels(
            ColorScheme scheme, int width, String background) {
        String cooking = submit(ApiClient.newId(), "\"cookMillis\":600000");
        String rejected = submit(ApiClient.newId(), "\"failStep\":\"serve\",\"reject\":true");
        String missing = "order-missing";
        BrowserContext context =
                browsing.newContext(
                        new Browser.NewContextOptions()
                                .setColorScheme(scheme)
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setViewportSize(width, 900));
        Page page = openElements(context, cooking, rejected, missing);

        assertThat(part(element(page, cooking), "percent")).isVisible();
        assertThat(part(element(page, rejected), "status")).hasText("Failed");
        assertThat(part(element(page, missing), "error")).containsText("does not exist");
        assertThat(part(element(page, cooking), "box")).hasCSS("background-color", background);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
        AccessibilityCheck.check(page, "elements, " + scheme);

        context.setOffline(true);
        assertThat(part(element(page, cooking), "note")).containsText("does not respond");
        AccessibilityCheck.check(page, "elements, offline, " + scheme);
        screenshot(page, "elements-" + scheme);
    }

    @Test
    void page_without_sockets_sees_progress_and_the_end_by_polling() {
        browsing.context().routeWebSocket("**/live*", WebSocketRoute::close);
        Page page = open(ALLOWED);

        button(page, "Order soup").click();

        assertThat(words(page)).containsText("RUNNING");
        assertThat(words(page)).containsText("SUCCEEDED");
        assertThat(frames).isEmpty();
    }

    @Test
    void page_that_loses_its_socket_sees_the_end() {
        Queue<WebSocketRoute> sockets = browsing.sockets();
        Page page = open(ALLOWED);
        Browsing.await(page, () -> !sockets.isEmpty());
        button(page, "Order soup").click();
        assertThat(words(page)).containsText("RUNNING");

        sockets.forEach(WebSocketRoute::close);

        assertThat(words(page)).containsText("SUCCEEDED");
    }

    @Test
    void page_of_another_origin_shows_why_it_is_refused_and_submits_nothing() {
        List<String> before = submitted();
        browsing.context().clock().install();
        Page page = open(NOT_ALLOWED);

        button(page, "Order soup").click();

        String reason = "does not allow pages of " + NOT_ALLOWED.origin();
        Browsing.passTime(page, () -> words(page).innerText().contains(reason));
        screenshot(page, "embedded-not-allowed");
        assertThat(submitted()).isEqualTo(before);
    }

    @Test
    void any_site_may_import_the_modules_but_none_may_frame_the_page() throws Exception {
        HttpHeaders page = headersOf("/");

        for (String file : List.of("statuswire.js", "statuswire-request.js")) {
            HttpHeaders module = headersOf("/client/" + file);
            assertThat(module.allValues("Access-Control-Allow-Origin")).containsExactly("*");
            assertThat(module.firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
        }
        assertThat(page.firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(page.firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
    }

    @Test
    void page_is_as_short_as_documented() {
        assertThat(PAGE.lines()).hasSizeLessThanOrEqualTo(LINES);
    }

    /** Opens the document's page on {@code site}, with the document's content security policy. */
    private Page open(ForeignSite site) {
        return open(browsing.context(), site, PAGE);
    }

    /** Opens a page with an element for each of these requests. */
    private Page openElements(BrowserContext context, String... ids) {
        String elements =
                Stream.of(ids)
                        .map(id -> ELEMENT.replace(DOCUMENTED_ID, id))
                        .collect(Collectors.joining());
        return open(context, ALLOWED, AROUND.formatted(elements));
    }

    private Page open(BrowserContext context, ForeignSite site, String html) {
        site.show(here(html), here(DOCUMENT.onlyBlock("text")));
        Page page = context.newPage();
        page.onConsoleMessage(this::recordError);
        page.onPageError(errors::add);
        page.onWebSocket(
                socket -> {
                    sockets.add(socket.url());
                    socket.onFrameReceived(frame -> frames.add(frame.text()));
                });
        page.navigate(site.origin());
        return page;
    }

    private void recordError(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text());
        }
    }

    /** Submits an order with these members of {@code simulate}, and returns {@code id}. */
    private static String submit(String id, String simulate) {
        LOCAL.submit(
                id,
                "place-order",
                "{\"dish\":\"soup\",\"quantity\":2,\"simulate\":{" + simulate + "}}");
        return id;
    }

    private static Locator element(Page page, String id) {
        return page.locator("statuswire-request[request=\"" + id + "\"]");
    }

    private static Locator part(Locator element, String name) {
        return element.locator("[part=" + name + "]");
    }

    private static String here(String text) {
        String host = LOCAL.page().getAuthority();
        return text.replace("https://" + DOCUMENTED_HOST, "http://" + host)
                .replace("wss://" + DOCUMENTED_HOST, "ws://" + host);
    }

    private static Locator words(Page page) {
        return page.locator("output");
    }

    private static List<String> shown(Page page) {
        return ((List<?>) page.evaluate("window.shown")).stream().map(String::valueOf).toList();
    }

    /** Returns the headers of a file, as a page of another site gets them. */
    private static HttpHeaders headersOf(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var call =
                    HttpRequest.newBuilder(LOCAL.page().resolve(path))
                            .header("Origin", NOT_ALLOWED.origin())
                            .build();
            return client.send(call, BodyHandlers.discarding()).headers();
        }
    }

    /** Returns the ids of the newest requests. */
    private static List<String> submitted() {
        return LOCAL.api().get("/requests?limit=100").json().get("requests").findValuesAsText("id");
    }
}
