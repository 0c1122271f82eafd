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
import dev.statuswire.tests.RunningLocally;
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

/** What the page shows is what the server has, whatever happens between the two. */
final class TruthPageTest {

    private static final int ROUNDS = Scale.of(1, 5);

    private static final RunningLocally LOCAL = Shared.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @TempDir Path folder;

    @Test
    void after_kills_restarts_drops_and_late_answers_the_page_shows_what_the_list_says()
            throws IOException, InterruptedException {
        var random = new Random(20_261_121);
        var weather = new NetworkConditions(browsing.context(), random);
        RuntimeProcess server = RuntimeProcess.onDisk(folder);
        try {
            URI address = server.awaitPage();
            Page page = browsing.context().newPage();
            page.navigate(address.toString());
            for (int round = 0; round < ROUNDS; round++) {
                ApiClient before = server.awaitApi();
                List<String> ids = submitSome(before, random);
                assertThat(row(page, ids.getLast())).isVisible();
                weather.dropSockets();
                Browsing.await(page, () -> holdsBackWork(weather, before, random));
                weather.flush();
                assertThat(server.kill()).isTrue();
                server = restarted(address.getPort());
                ApiClient after = server.awaitApi();
                Browsing.await(page, () -> holdsBackWork(weather, after, random));
                weather.flush();
            }
            ApiClient api = server.awaitApi();
            Browsing.await(page, () -> allFinished(api));

            weather.clear();

            Browsing.await(page, () -> shownBy(page).equals(listedBy(api)));
            Browsing.awaitLive(page);
            assertThat(page.locator("[data-stale]")).hasCount(0);
        } finally {
            server.close();
        }
    }

    @Test
    void what_may_be_old_is_never_shown_as_fresh() {
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
    void tab_that_was_frozen_reads_what_it_missed_when_it_is_woken() {
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
    void page_that_polls_asks_with_the_version_it_has() {
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
        RuntimeProcess again =
                RuntimeProcess.start(
                        folder,
                        "--port=" + port,
                        "--dynamodb-port=0",
                        "--data=" + folder.resolve("data"),
                        "--lease=2",
                        "--start-grace=2");
        again.awaitPage();
        return again;
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

    /** Whether an answer or a change is held back; there is always work that makes some. */
    private static boolean holdsBackWork(NetworkConditions weather, ApiClient api, Random random) {
        if (allFinished(api)) {
            submitSome(api, random);
        }
        return weather.holdsBack();
    }

    private static boolean allFinished(ApiClient api) {
        return listedBy(api).values().stream()
                .noneMatch(it -> it.startsWith("RUNNING") || it.startsWith("ACCEPTED"));
    }

    /** Status and version of each request that the server lists. */
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

    /** The same of what the page knows; with what the row says instead, where that is another. */
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
