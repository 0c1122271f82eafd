package dev.statuswire.tests.kill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.json.Json;
import dev.statuswire.tests.process.EffectType;
import dev.statuswire.tests.process.QuickEffects;
import dev.statuswire.tests.process.SingleEffect;
import dev.statuswire.tests.process.SlowEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Somebody who submits, cancels, retries and reads, and believes every answer. What it submits it
 * sends again until it is answered, whichever life answers it.
 */
final class Client implements Runnable {

    private static final int COME_LATER = 429;

    private static final List<String> TYPES =
            List.of(QuickEffects.NAME, SingleEffect.NAME, SlowEffects.NAME);

    /** Which of its requests, from the end, it still cares for. */
    private static final int RECENT = 20;

    private final String name;
    private final RandomGenerator random;
    private final Lives lives;
    private final Ledger ledger;
    private final Sightings sightings;
    private final Findings findings;
    private final List<Submitted> mine = new ArrayList<>();
    private volatile boolean stopping;

    Client(
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

    /** Begins nothing more. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            Optional<Life> life = lives.awaitUp();
            while (life.isPresent() && !stopping) {
                act(life.get());
                pause();
                life = lives.awaitUp();
            }
        } catch (Throwable broken) {
            findings.add(name + " broke", broken);
        }
    }

    private void act(Life life) throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 60 || mine.isEmpty()) {
            submit();
        } else if (dice < 72) {
            cancel(life, recent());
        } else if (dice < 87) {
            retry(life, recent());
        } else {
            read(life, recent());
        }
    }

    private void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(10, 80)));
    }

    private Submitted recent() {
        return mine.get(mine.size() - 1 - random.nextInt(Math.min(RECENT, mine.size())));
    }

    private void submit() throws InterruptedException {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        Submitted submitted = ledger.add(ApiClient.newId(), type, input());
        String path = "/requests/" + submitted.id();
        String body = EffectType.submission(type, Json.write(submitted.input()));
        Optional<Life> life = lives.awaitUp();
        while (life.isPresent() && !submitted.isAcknowledged()) {
            if (isAnswered(life.get(), submitted, api -> api.putJson(path, body), 200, 202)) {
                submitted.acknowledge();
            } else {
                pause();
                life = lives.awaitUp();
            }
        }
        mine.add(submitted);
    }

    private ObjectNode input() {
        ObjectNode input = Json.MAPPER.createObjectNode();
        if (random.nextInt(3) == 0) {
            input.put("delayMillis", random.nextInt(1500));
        }
        if (random.nextInt(4) == 0) {
            input.put("failStep", QuickEffects.STEPS.get(random.nextInt(2)));
            input.put("failTimes", random.nextInt(1, 5));
            input.put("reject", random.nextBoolean());
        }
        return input;
    }

    private void cancel(Life life, Submitted submitted) {
        String path = "/requests/" + submitted.id() + "/cancel";
        submitted.cancel();
        isAnswered(life, submitted, api -> api.post(path), 200, 202, 409);
    }

    private void retry(Life life, Submitted submitted) {
        String path = "/requests/" + submitted.id() + "/retry";
        submitted.retry();
        isAnswered(life, submitted, api -> api.post(path), 202, 409);
    }

    private void read(Life life, Submitted submitted) {
        isAnswered(life, submitted, api -> api.get("/status/" + submitted.id()), 200);
    }

    private interface Call {
        Answer of(ApiClient api);
    }

    /**
     * Whether an answer came, other than to come later; one of another status than these is a
     * finding.
     */
    private boolean isAnswered(Life life, Submitted submitted, Call call, Integer... expected) {
        long before = sightings.newest(submitted.id());
        Optional<Answer> answer =
                life.call(submitted.id(), call::of).filter(it -> it.status() != COME_LATER);
        answer.ifPresent(it -> take(it, submitted, before, Set.of(expected)));
        return answer.isPresent();
    }

    private void take(Answer answer, Submitted submitted, long before, Set<Integer> expected) {
        if (!expected.contains(answer.status())) {
            findings.add(name + ": " + submitted.id() + " was answered " + answer);
        } else if (answer.status() < 300) {
            sightings.add(answer.json(), before);
        }
    }
}
