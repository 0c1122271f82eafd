package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.emulator.gateway.LiveSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A page that shows every request: subscribes, then reads the list, merges by version, and begins
 * anew whenever its socket ends. Now and then it ends it itself.
 */
final class Page implements Runnable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final String name;
    private final RandomGenerator random;
    private final Lives lives;
    private final Ledger ledger;
    private final Sightings sightings;
    private final Findings findings;
    private final Map<String, Long> shown = new ConcurrentHashMap<>();
    private volatile boolean settled;
    private volatile boolean live;

    Page(
            String name,
            RandomGenerator random,
            Lives lives,
            Ledger ledger,
            Sightings sightings,
            Findings findings) {
        this.name = name;
        this.random = random;
        this.lives = lives;
        this.ledger = ledger;
        this.sightings = sightings;
        this.findings = findings;
    }

    /** It ends no socket itself any more. */
    void settle() {
        settled = true;
    }

    /** The versions that it shows, once it is subscribed and has read the list. */
    Optional<Map<String, Long>> shown() {
        return live ? Optional.of(Map.copyOf(shown)) : Optional.empty();
    }

    @Override
    public void run() {
        try {
            Optional<Life> life = lives.awaitUp();
            while (life.isPresent()) {
                connect(life.get());
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                life = lives.awaitUp();
            }
        } catch (Throwable broken) {
            findings.add(name + " broke", broken);
        }
    }

    private void connect(Life life) throws InterruptedException {
        Optional<Answer> ticket = life.call(api -> api.post("/live/tickets"));
        if (ticket.isEmpty()) {
            return;
        }
        try (var socket = LiveSocket.open(ticket.get().json(), this::receive)) {
            if (socket.isSubscribed() && hasReadTheList(life)) {
                live = true;
                stay(socket);
            }
        } finally {
            live = false;
        }
    }

    private void stay(LiveSocket socket) throws InterruptedException {
        if (!settled && random.nextInt(4) == 0) {
            socket.awaitEnd(Duration.ofMillis(random.nextLong(1000)));
        } else {
            socket.awaitEnd();
        }
    }

    private boolean hasReadTheList(Life life) {
        Set<String> missing = new HashSet<>(ledger.acknowledged());
        Map<String, Long> before = sightings.newest();
        String path = "/requests?limit=100";
        JsonNode next;
        do {
            String page = path;
            Optional<Answer> answer = life.call(api -> api.get(page));
            if (answer.isEmpty()) {
                return false;
            }
            JsonNode list = answer.get().json();
            for (JsonNode document : list.get("requests")) {
                String id = document.get("id").asText();
                missing.remove(id);
                show(document, before.getOrDefault(id, 0L));
            }
            next = list.get("next");
            path = "/requests?limit=100&cursor=" + next.asText();
        } while (!next.isNull());
        missing.forEach(id -> findings.add(name + ": the list lacks " + id));
        return true;
    }

    private void receive(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "status" -> pushed(frame.path("request"));
            case "subscribed" -> {}
            default -> findings.add(name + " was told " + frame);
        }
    }

    private void pushed(JsonNode document) {
        if (document.has("partial")) {
            findings.add(name + " was told a part of what is small: " + document);
        } else {
            show(document, 0);
        }
    }

    private void show(JsonNode document, long atLeast) {
        sightings.add(document, atLeast);
        shown.merge(document.get("id").asText(), document.get("version").asLong(), Math::max);
    }
}
