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
 * A bad network between a browser's pages and the runtime: frames come twice and in another order,
 * answers are old when they come, sockets drop. Driven from Playwright's own thread.
 */
final class NetworkConditions {

    private final RandomGenerator chance;
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private boolean bad = true;

    NetworkConditions(BrowserContext context, RandomGenerator chance) {
        this.chance = chance;
        context.routeWebSocket("**/live*", this::connect);
        context.route("**/requests?*", this::answer);
        context.route("**/status/*", this::answer);
    }

    /** Whether anything is held back. */
    boolean holdsBack() {
        return !late.isEmpty();
    }

    /** Everything that was held back comes now, in any order. */
    void flush() {
        Collections.shuffle(late, new java.util.Random(chance.nextLong()));
        List<Runnable> now = List.copyOf(late);
        late.clear();
        now.forEach(Runnable::run);
    }

    /** Every socket that there is breaks. */
    void dropSockets() {
        sockets.forEach(socket -> quietly(socket::close));
        sockets.clear();
    }

    /** From now on everything goes through, at once and in order. */
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
        if (!bad || !isChange || chance.nextInt(3) == 0) {
            page.send(frame.text());
        } else {
            late.add(() -> quietly(() -> page.send(frame.text())));
            late.add(() -> quietly(() -> page.send(frame.text())));
        }
    }

    /** The server is asked now; the page may hear of it much later. */
    private void answer(Route route) {
        if (!bad || chance.nextInt(2) == 0) {
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

    /** What is cut off meanwhile is what the weather is for: the page goes on without it. */
    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (PlaywrightException gone) {
            System.Logger log = System.getLogger(NetworkConditions.class.getName());
            log.log(System.Logger.Level.DEBUG, "lost on its way: {0}", gone.getMessage());
        }
    }
}
