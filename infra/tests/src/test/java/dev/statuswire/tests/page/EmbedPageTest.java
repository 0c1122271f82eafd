package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The exact page of docs/guide/embed.md, except for the server's URL, on third-party sites. */
final class EmbedPageTest {

    private static final Readme DOCUMENT = Readme.read("docs/guide/embed.md");
    private static final String DOCUMENTED_HOST = "work.example.org";
    private static final int LINES = 20;

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
    void any_site_may_import_the_module_but_none_may_frame_the_page() throws Exception {
        HttpHeaders module = headersOf("/client/statuswire.js");
        HttpHeaders page = headersOf("/");

        assertThat(module.allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(module.firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
        assertThat(page.firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(page.firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
    }

    @Test
    void page_is_as_short_as_documented() {
        assertThat(DOCUMENT.onlyBlock("html").lines()).hasSizeLessThanOrEqualTo(LINES);
    }

    /** Opens the document's page on {@code site}, with the document's content security policy. */
    private Page open(ForeignSite site) {
        site.show(here(DOCUMENT.onlyBlock("html")), here(DOCUMENT.onlyBlock("text")));
        Page page = browsing.context().newPage();
        page.onConsoleMessage(this::recordError);
        page.onPageError(errors::add);
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> frames.add(frame.text())));
        page.navigate(site.origin());
        return page;
    }

    private void recordError(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text());
        }
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
