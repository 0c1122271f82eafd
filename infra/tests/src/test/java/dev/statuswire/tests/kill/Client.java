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
 * A client that submits, cancels, retries and reads requests, and trusts every response. It repeats
 * a submission until it gets a response, from whichever run of the runtime.
 */
final class Client implements Runnable {

    private static final int TOO_MANY_REQUESTS = 429;

    private static final List<String> TYPES =
            List.of(QuickEffects.NAME, SingleEffect.NAME, SlowEffects.NAME, Trips.NAME);

    /** How many of its newest requests the client still uses. */
    private static final int RECENT = 20;

    private final String name;
    private final RandomGenerator random;
    private final RuntimeRuns runs;
    private final SubmittedRequests requests;
    private final ObservedVersions observed;
    private final Findings findings;
    private final List<SubmittedRequest> mine = new ArrayList<>();
    private volatile boolean stopping;

    Client(
            String name,
            RandomGenerator random,
            RuntimeRuns runs,
            SubmittedRequests requests,
            ObservedVersions observed,
            Findings findings) {
        this.name = name;
        this.random = random;
        this.runs = runs;
        this.requests = requests;
        this.observed = observed;
        this.findings = findings;
    }

    /** Stops the client after its current action. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            Optional<RuntimeRun> run = runs.awaitUp();
            while (run.isPresent() && !stopping) {
                act(run.get());
                pause();
                run = runs.awaitUp();
            }
        } catch (Throwable broken) {
            findings.add(name + " failed", broken);
        }
    }

    private void act(RuntimeRun run) throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 60 || mine.isEmpty()) {
            submit();
        } else if (dice < 72) {
            cancel(run, recent());
        } else if (dice < 87) {
            retry(run, recent());
        } else {
            read(run, recent());
        }
    }

    private void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(10, 80)));
    }

    private SubmittedRequest recent() {
        return mine.get(mine.size() - 1 - random.nextInt(Math.min(RECENT, mine.size())));
    }

    private void submit() throws InterruptedException {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        ObjectNode input = type.equals(Trips.NAME) ? Trips.input(random) : input();
        SubmittedRequest submitted = requests.add(ApiClient.newId(), type, input);
        String path = "/requests/" + submitted.id();
        String body = EffectType.submission(type, Json.write(submitted.input()));
        Optional<RuntimeRun> run = runs.awaitUp();
        while (run.isPresent() && !submitted.isAcknowledged()) {
            if (isAnswered(run.get(), submitted, api -> api.putJson(path, body), 200, 202)) {
                submitted.acknowledge();
            } else {
                pause();
                run = runs.awaitUp();
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

    private void cancel(RuntimeRun run, SubmittedRequest submitted) {
        String path = "/requests/" + submitted.id() + "/cancel";
        submitted.cancel();
        isAnswered(run, submitted, api -> api.post(path), 200, 202, 409);
    }

    private void retry(RuntimeRun run, SubmittedRequest submitted) {
        String path = "/requests/" + submitted.id() + "/retry";
        submitted.retry();
        isAnswered(run, submitted, api -> api.post(path), 202, 409);
    }

    private void read(RuntimeRun run, SubmittedRequest submitted) {
        isAnswered(run, submitted, api -> api.get("/status/" + submitted.id()), 200);
    }

    private interface Call {
        Answer of(ApiClient api);
    }

    /**
     * Returns whether there was a response other than 429. A response with an unexpected status is
     * a finding.
     */
    private boolean isAnswered(
            RuntimeRun run, SubmittedRequest submitted, Call call, Integer... expected) {
        long before = observed.newest(submitted.id());
        Optional<Answer> answer =
                run.call(submitted.id(), call::of).filter(it -> it.status() != TOO_MANY_REQUESTS);
        answer.ifPresent(it -> take(it, submitted, before, Set.of(expected)));
        return answer.isPresent();
    }

    private void take(
            Answer answer, SubmittedRequest submitted, long before, Set<Integer> expected) {
        if (!expected.contains(answer.status())) {
            findings.add(name + ": " + submitted.id() + " got the response " + answer);
        } else if (answer.status() < 300) {
            observed.add(answer.json(), before);
        }
    }
}
