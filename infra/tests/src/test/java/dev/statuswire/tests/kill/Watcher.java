package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.api.testing.PageClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Records what a page receives about all requests, and reports what it must not receive. Sometimes
 * it leaves its socket, so that the page starts again.
 */
final class Watcher implements PageClient.Observer {

    private final RandomGenerator random;
    private final SubmittedRequests requests;
    private final ObservedVersions observed;
    private final Findings findings;
    private Set<String> missing = Set.of();
    private Map<String, Long> before = Map.of();
    private volatile boolean settled;

    Watcher(
            RandomGenerator random,
            SubmittedRequests requests,
            ObservedVersions observed,
            Findings findings) {
        this.random = random;
        this.requests = requests;
        this.observed = observed;
        this.findings = findings;
    }

    /** Makes the page keep its socket from now on. */
    void settle() {
        settled = true;
    }

    @Override
    public void begins() {
        missing = new HashSet<>(requests.acknowledged());
        before = observed.newest();
    }

    @Override
    public void listed(JsonNode document) {
        String id = document.get("id").asText();
        missing.remove(id);
        observed.add(document, before.getOrDefault(id, 0L));
    }

    @Override
    public void hasRead() {
        missing.forEach(id -> findings.add("the list of a page lacks " + id));
    }

    @Override
    public void pushed(JsonNode document) {
        if (document.has("partial")) {
            findings.add("a page received a partial document although it is small: " + document);
        } else {
            observed.add(document, 0);
        }
    }

    @Override
    public void receivedOtherFrame(JsonNode frame) {
        findings.add("a page received " + frame);
    }

    @Override
    public void stay(LiveSocket socket) throws InterruptedException {
        if (!settled && random.nextInt(4) == 0) {
            socket.awaitEnd(Duration.ofMillis(random.nextLong(1000)));
        } else {
            socket.awaitEnd();
        }
    }
}
