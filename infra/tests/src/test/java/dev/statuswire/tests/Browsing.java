package dev.statuswire.tests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a person does with the page of a runtime: {@code @RegisterExtension final}, a browser
 * context a test, closed after it. Driven from one thread.
 */
final class Browsing implements BeforeEachCallback, AfterEachCallback {

    /** For what never comes, in milliseconds. */
    static final double PATIENCE = 30_000;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final RunningLocally local;
    private final Chromium chromium;
    private final List<BrowserContext> contexts = new ArrayList<>();

    Browsing(RunningLocally local, Chromium chromium) {
        this.local = local;
        this.chromium = chromium;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        newContext(new Browser.NewContextOptions());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        contexts.forEach(Browsing::close);
        contexts.clear();
    }

    /** A page that still asks while its context closes makes a route fail: so it leaves first. */
    private static void close(BrowserContext context) {
        context.pages().forEach(page -> page.navigate("about:blank"));
        context.unrouteAll();
        context.close();
    }

    /** The test's own context. */
    BrowserContext context() {
        return contexts.getFirst();
    }

    /** Another context, closed with the test: another person, or another kind of screen. */
    BrowserContext newContext(Browser.NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options);
        context.setDefaultTimeout(PATIENCE);
        contexts.add(context);
        return context;
    }

    /** The page in the test's own context. */
    Page open() {
        return open("");
    }

    /** The page at {@code fragment}: empty, or from {@code #} on. */
    Page open(String fragment) {
        return open(context(), fragment);
    }

    Page open(BrowserContext context, String fragment) {
        Page page = context.newPage();
        page.navigate(local.page() + fragment);
        return page;
    }

    /** The page once it hears of changes by its socket. */
    Page openLive(String fragment) {
        Page page = open(fragment);
        assertThat(mark(page)).hasAttribute("data-connection", "live");
        return page;
    }

    /** The sockets that the test's own context opens from now on, to be broken. */
    Queue<WebSocketRoute> sockets() {
        var sockets = new ConcurrentLinkedQueue<WebSocketRoute>();
        context()
                .routeWebSocket(
                        "**/live*",
                        socket -> {
                            socket.connectToServer();
                            sockets.add(socket);
                        });
        return sockets;
    }

    /** Submits an order through the form; its id. */
    static String submitOrder(Page page, String cookMillis) {
        page.locator("[data-request-type]").selectOption("place-order");
        page.locator("[name=\"simulate.cookMillis\"]").fill(cookMillis);
        var answer =
                page.waitForResponse(
                        response -> response.request().method().equals("PUT"),
                        () -> button(page, "Submit").click());
        return answer.url().substring(answer.url().lastIndexOf('/') + 1);
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A request's row in the list. */
    static Locator row(Page page, String id) {
        return page.locator("[data-request-id=\"" + id + "\"]");
    }

    /** The details of a request. */
    static Locator details(Page page, String id) {
        return page.locator("[data-request-details=\"" + id + "\"]");
    }

    /** The mark that says how the page hears of changes. */
    static Locator mark(Page page) {
        return page.locator("[data-connection]");
    }

    /** Writes what the page looks like now to {@code target/screenshots}. */
    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
