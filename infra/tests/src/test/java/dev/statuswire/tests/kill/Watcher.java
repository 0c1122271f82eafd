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
 * Notes what a page of every request sees, and finds what it must not see. Now and then it leaves
 * its socket, so that the page begins anew.
 */
final class Watcher implements PageClient.Observer {

    private final RandomGenerator random;
    private final Ledger ledger;
    private final Sightings sightings;
    private final Findings findings;
    private Set<String> missing = Set.of();
    private Map<String, Long> before = Map.of();
    private volatile boolean settled;

    Watcher(RandomGenerator random, Ledger ledger, Sightings sightings, Findings findings) {
        this.random = random;
        this.ledger = ledger;
        this.sightings = sightings;
        this.findings = findings;
    }

    /** It leaves no socket any more. */
    void settle() {
        settled = true;
    }

    @Override
    public void begins() {
        missing = new HashSet<>(ledger.acknowledged());
        before = sightings.newest();
    }

    @Override
    public void listed(JsonNode document) {
        String id = document.get("id").asText();
        missing.remove(id);
        sightings.add(document, before.getOrDefault(id, 0L));
    }

    @Override
    public void hasRead() {
        missing.forEach(id -> findings.add("the list of a page lacks " + id));
    }

    @Override
    public void pushed(JsonNode document) {
        if (document.has("partial")) {
            findings.add("a page was told a part of what is small: " + document);
        } else {
            sightings.add(document, 0);
        }
    }

    @Override
    public void told(JsonNode frame) {
        findings.add("a page was told " + frame);
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
