package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.mark;
import static dev.statuswire.tests.page.Browsing.row;
import static dev.statuswire.tests.page.Browsing.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.tests.RuntimeExtension;
import dev.statuswire.tests.process.RuntimeProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page shows the state of the server, whatever happens between the two. */
final class TruthPageTest {

    private static final int ROUNDS = Scale.of(1, 5);

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @TempDir Path folder;

    @Test
    void page_shows_the_list_after_kills_restarts_drops_and_late_responses()
            throws IOException, InterruptedException {
        var random = new Random(20_261_121);
        var network = new NetworkConditions(browsing.context(), random);
        RuntimeProcess server = RuntimeProcess.onDisk(folder);
        try {
            URI address = server.awaitPage();
            Page page = browsing.context().newPage();
            page.navigate(address.toString());
            for (int round = 0; round < ROUNDS; round++) {
                ApiClient before = server.awaitApi();
                List<String> ids = submitSome(before, random);
                assertThat(row(page, ids.getLast())).isVisible();
                network.dropSockets();
                Browsing.await(page, () -> holdsBackWork(network, before, random));
                network.flush();
                assertThat(server.kill()).isTrue();
                server = restarted(address.getPort());
                ApiClient after = server.awaitApi();
                Browsing.await(page, () -> holdsBackWork(network, after, random));
                network.flush();
            }
            ApiClient api = server.awaitApi();
            Browsing.await(page, () -> allFinished(api));

            network.clear();

            Browsing.await(page, () -> shownBy(page).equals(listedBy(api)));
            Browsing.awaitLive(page);
            assertThat(page.locator("[data-stale]")).hasCount(0);
        } finally {
            server.close();
        }
    }

    @Test
    void data_that_may_be_outdated_is_marked() {
        String id = LOCAL.submit("place-order", "{\"dish\":\"soup\",\"quantity\":1}");
        LOCAL.await(id, "SUCCEEDED");
        Page page = browsing.openLive("");
        assertThat(page.locator("[data-stale]")).hasCount(0);

        browsing.context().setOffline(true);

        assertThat(mark(page)).hasAttribute("data-connection", "offline");
        assertThat(mark(page)).containsText("since");
        assertThat(row(page, id)).hasAttribute("data-stale", "true");
        assertThat(row(page, id)).containsText("may be outdated");
        screenshot(page, "stale");
        browsing.context().setOffline(false);
        Browsing.awaitLive(page);
        assertThat(page.locator("[data-stale]")).hasCount(0);
    }

    @Test
    void frozen_tab_reads_what_it_missed_when_it_is_resumed() {
        Page page = browsing.openLive("");
        var devTools = browsing.context().newCDPSession(page);
        devTools.send("Page.setWebLifecycleState", lifecycle("frozen"));
        String id = LOCAL.submit("place-order", "{\"dish\":\"soup\",\"quantity\":1}");
        LOCAL.await(id, "SUCCEEDED");

        devTools.send("Page.setWebLifecycleState", lifecycle("active"));

        Browsing.awaitStatus(row(page, id), "SUCCEEDED");
        Browsing.awaitLive(page);
    }

    @Test
    void page_that_polls_sends_the_version_that_it_has() {
        browsing.context().clock().install();
        browsing.context().routeWebSocket("**/live*", WebSocketRoute::close);
        var versions = new ConcurrentLinkedQueue<String>();
        browsing.context()
                .onRequest(
                        request -> {
                            String version = request.headers().get("if-none-match");
                            if (version != null) {
                                versions.add(version);
                            }
                        });
        Page page = browsing.open();
        String id = Browsing.submitOrder(page, "600000");
        Browsing.awaitStatus(row(page, id), "RUNNING");

        Browsing.passTime(page, () -> versions.size() >= 2);

        String life = LOCAL.status(id).get("life").asText();
        assertThat(versions).allMatch(version -> version.matches("\"" + life + "-\\d+\""));
        LOCAL.api().post("/requests/" + id + "/cancel");
        Browsing.awaitStatus(row(page, id), "CANCELLED");
    }

    private static JsonObject lifecycle(String state) {
        var parameters = new JsonObject();
        parameters.addProperty("state", state);
        return parameters;
    }

    private RuntimeProcess restarted(int port) throws IOException {
        RuntimeProcess next =
                RuntimeProcess.start(
                        folder,
                        "--port=" + port,
                        "--dynamodb-port=0",
                        "--data=" + folder.resolve("data"),
                        "--lease=2",
                        "--start-grace=2");
        next.awaitPage();
        return next;
    }

    private static List<String> submitSome(ApiClient api, Random random) {
        var ids = new ArrayList<String>();
        for (int count = 0; count < 4; count++) {
            String id = ApiClient.newId();
            api.putJson(
                    "/requests/" + id,
                    """
                    {"type":"place-order","input":{"dish":"soup","quantity":1,
                    "simulate":{"cookMillis":%d}}}
                    """
                            .formatted(random.nextInt(1500)));
            ids.add(id);
        }
        return ids;
    }

    /**
     * Returns whether a response or a change is held back. If all requests are finished, submits
     * more, so that there will be changes.
     */
    private static boolean holdsBackWork(NetworkConditions network, ApiClient api, Random random) {
        if (allFinished(api)) {
            submitSome(api, random);
        }
        return network.holdsBack();
    }

    private static boolean allFinished(ApiClient api) {
        return listedBy(api).values().stream()
                .noneMatch(it -> it.startsWith("RUNNING") || it.startsWith("ACCEPTED"));
    }

    /** Returns the status and version of each request that the server lists. */
    private static Map<String, String> listedBy(ApiClient api) {
        var listed = new TreeMap<String, String>();
        api.get("/requests?limit=100")
                .json()
                .get("requests")
                .forEach(
                        it ->
                                listed.put(
                                        it.get("id").asText(),
                                        it.get("status").asText() + it.get("version").asText()));
        return listed;
    }

    /**
     * Returns the same for the requests that the page knows. If a row shows another status, returns
     * that status instead.
     */
    @SuppressWarnings("unchecked")
    private static Map<String, String> shownBy(Page page) {
        return new TreeMap<>(
                (Map<String, String>)
                        page.evaluate(
                                """
                                () => {
                                  const { client } = document.querySelector('statuswire-app');
                                  const shown = new Map(client.requests.map(
                                    ({ id, status, version }) => [id, status + version]));
                                  document.querySelectorAll('li[data-row]').forEach(({ dataset }) =>
                                    shown.get(dataset.row)?.startsWith(dataset.status)
                                      || shown.set(dataset.row, dataset.status));
                                  return Object.fromEntries(shown);
                                }
                                """));
    }
}
