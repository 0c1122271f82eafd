package dev.statuswire.tests.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.statuswire.tests.RuntimeExtension;
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
 * Uses the page of a runtime as a user would; in a field {@code @RegisterExtension final}. Each
 * test has its own browser context, which is closed afterwards, and the requests that it left
 * unfinished are cancelled. Used by one thread.
 */
final class Browsing implements BeforeEachCallback, AfterEachCallback {

    /** The limit, in milliseconds, for what never happens. */
    static final double TIMEOUT_MILLIS = 30_000;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Screenshots are for people, so they are taken only on request. */
    private static final boolean TAKES_SCREENSHOTS = Boolean.getBoolean("statuswire.screenshots");

    private final RuntimeExtension local;
    private final List<BrowserContext> contexts = new ArrayList<>();

    Browsing(RuntimeExtension local) {
        this.local = local;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
        newContext(new Browser.NewContextOptions());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        contexts.forEach(Browsing::close);
        contexts.clear();
        local.cancelUnfinished();
    }

    /**
     * Leaves the page first, because a call that the page makes while its context closes makes a
     * route fail.
     */
    private static void close(BrowserContext context) {
        context.pages().forEach(page -> page.navigate("about:blank"));
        context.unrouteAll();
        context.close();
    }

    /** Returns the test's own context. */
    BrowserContext context() {
        return contexts.getFirst();
    }

    /**
     * Creates another context, such as for another user or another screen. It is closed after the
     * test.
     */
    BrowserContext newContext(Browser.NewContextOptions options) {
        BrowserContext context = SharedFixtures.chromium().browser().newContext(options);
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        contexts.add(context);
        return context;
    }

    /** Opens the page in the test's own context. */
    Page open() {
        return open("");
    }

    /** Opens the page at {@code fragment}, which is empty or starts with {@code #}. */
    Page open(String fragment) {
        return open(context(), fragment);
    }

    Page open(BrowserContext context, String fragment) {
        Page page = context.newPage();
        page.navigate(local.page() + fragment);
        return page;
    }

    /** Opens the page, and waits until it receives changes over its socket. */
    Page openLive(String fragment) {
        Page page = open(fragment);
        awaitLive(page);
        return page;
    }

    /**
     * Returns the sockets that the test's own context opens from now on, so that a test can close
     * them.
     */
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

    /**
     * Waits until the page receives changes over its socket; an assertion would check less often.
     */
    static void awaitLive(Page page) {
        page.locator("[data-connection=live]").waitFor();
    }

    /** Waits until this row, these details or this step show {@code status}. */
    static void awaitStatus(Locator shown, String status) {
        shown.and(shown.page().locator("[data-status=" + status + "]")).waitFor();
    }

    /** Waits for a condition that no assertion of Playwright covers; it may query the page. */
    static void await(Page page, BooleanSupplier condition) {
        page.waitForCondition(
                condition, new Page.WaitForConditionOptions().setTimeout(TIMEOUT_MILLIS));
    }

    /**
     * Advances the page's clock, much faster than real time, until a condition is met. The clock
     * must have been installed in the page's context before the page was opened.
     */
    static void passTime(Page page, BooleanSupplier condition) {
        await(
                page,
                () -> {
                    page.clock().runFor(1_000);
                    return condition.getAsBoolean();
                });
    }

    /** Submits an order through the form, and returns its id. */
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

    /** Returns a request's row in the list. */
    static Locator row(Page page, String id) {
        return page.locator("[data-request-id=\"" + id + "\"]");
    }

    /** Returns the details of a request. */
    static Locator details(Page page, String id) {
        return page.locator("[data-request-details=\"" + id + "\"]");
    }

    /** Returns the mark that shows how the page receives changes. */
    static Locator mark(Page page) {
        return page.locator("[data-connection]");
    }

    /**
     * Saves a screenshot of the whole page in {@code target/screenshots}, if the tests run with
     * {@code -Dstatuswire.screenshots=true}.
     */
    static void screenshot(Page page, String name) {
        if (TAKES_SCREENSHOTS) {
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(SCREENSHOTS.resolve(name + ".png")));
        }
    }
}
