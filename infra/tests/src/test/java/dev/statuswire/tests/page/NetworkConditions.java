package dev.statuswire.tests.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Simulates a bad network between a browser's pages and the runtime: frames are duplicated and
 * reordered, responses are outdated when they arrive, sockets drop. Used by Playwright's own
 * thread.
 */
final class NetworkConditions {

    private final RandomGenerator random;
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private boolean bad = true;

    NetworkConditions(BrowserContext context, RandomGenerator random) {
        this.random = random;
        context.routeWebSocket("**/live*", this::connect);
        context.route("**/requests?*", this::answer);
        context.route("**/status/*", this::answer);
    }

    /** Returns whether anything is held back. */
    boolean holdsBack() {
        return !late.isEmpty();
    }

    /** Delivers everything that was held back, in random order. */
    void flush() {
        Collections.shuffle(late, new java.util.Random(random.nextLong()));
        List<Runnable> now = List.copyOf(late);
        late.clear();
        now.forEach(Runnable::run);
    }

    /** Closes every open socket. */
    void dropSockets() {
        sockets.forEach(socket -> quietly(socket::close));
        sockets.clear();
    }

    /** Lets everything pass from now on, at once and in order. */
    void clear() {
        bad = false;
        flush();
    }

    private void connect(WebSocketRoute page) {
        WebSocketRoute server = page.connectToServer();
        sockets.add(page);
        server.onMessage(frame -> deliver(page, frame));
    }

    private void deliver(WebSocketRoute page, WebSocketFrame frame) {
        boolean isChange = frame.text().startsWith("{\"type\":\"status\"");
        if (!bad || !isChange || random.nextInt(3) == 0) {
            page.send(frame.text());
        } else {
            late.add(() -> quietly(() -> page.send(frame.text())));
            late.add(() -> quietly(() -> page.send(frame.text())));
        }
    }

    /** Calls the server now; the page may get the response much later. */
    private void answer(Route route) {
        if (!bad || random.nextInt(2) == 0) {
            quietly(route::resume);
            return;
        }
        quietly(
                () -> {
                    var answer = route.fetch();
                    late.add(
                            () ->
                                    quietly(
                                            () ->
                                                    route.fulfill(
                                                            new Route.FulfillOptions()
                                                                    .setResponse(answer))));
                });
    }

    /** Runs an action and ignores a failure, because a page or socket may be gone by now. */
    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (PlaywrightException gone) {
            System.Logger log = System.getLogger(NetworkConditions.class.getName());
            log.log(System.Logger.Level.DEBUG, "lost in transit: {0}", gone.getMessage());
        }
    }
}
