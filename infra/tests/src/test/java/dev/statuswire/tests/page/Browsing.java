package dev.statuswire.tests.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.statuswire.tests.RunningLocally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a person does with the page of a runtime: {@code @RegisterExtension final}, a browser
 * context a test, closed after it. What the test left unfinished is cancelled. Driven from one
 * thread.
 */
final class Browsing implements BeforeEachCallback, AfterEachCallback {

    /** For what never comes, in milliseconds. */
    static final double PATIENCE = 30_000;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Pictures of the page are for people, so they are taken only when somebody wants them. */
    private static final boolean TAKES_PICTURES = Boolean.getBoolean("statuswire.screenshots");

    private final RunningLocally local;
    private final List<BrowserContext> contexts = new ArrayList<>();

    Browsing(RunningLocally local) {
        this.local = local;
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
        local.cancelUnfinished();
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
        BrowserContext context = Shared.chromium().browser().newContext(options);
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
        awaitLive(page);
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

    /** Waits until the page hears of changes by its socket; an assertion looks less often. */
    static void awaitLive(Page page) {
        page.locator("[data-connection=live]").waitFor();
    }

    /** Waits until this row, these details or this step have that status. */
    static void awaitStatus(Locator shown, String status) {
        shown.and(shown.page().locator("[data-status=" + status + "]")).waitFor();
    }

    /** Waits until something is so that no assertion of Playwright says; it may ask the page. */
    static void await(Page page, BooleanSupplier isSo) {
        page.waitForCondition(isSo, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }

    /**
     * Lets time pass for the page, much faster than it does, until something is so. The clock of
     * the page's context was installed before the page was opened.
     */
    static void passTime(Page page, BooleanSupplier isSo) {
        await(
                page,
                () -> {
                    page.clock().runFor(1_000);
                    return isSo.getAsBoolean();
                });
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

    /**
     * Writes what the whole page looks like now to {@code target/screenshots}, if the tests run
     * with {@code -Dstatuswire.screenshots=true}.
     */
    static void screenshot(Page page, String name) {
        if (TAKES_PICTURES) {
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(SCREENSHOTS.resolve(name + ".png")));
        }
    }
}
