package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Http;
import dev.statuswire.bench.drive.LivePage;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.core.request.Status;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Submits notes and waits until the page shows that they succeeded. Thread-safe; blocks. */
final class Notes {

    static final int LETTERS = 100;

    private static final int PATIENCE_SECONDS = 60;

    private final Api api;
    private final LivePage page;

    Notes(Api api, LivePage page) {
        this.api = api;
        this.page = page;
    }

    /**
     * One note.
     *
     * @param accepted gets the time until 202
     * @param seen gets the time until its end was seen
     * @return its id
     * @throws IllegalStateException where it is not accepted, or does not succeed
     */
    String one(Samples accepted, Samples seen) throws InterruptedException {
        String id = Api.newId();
        var finished = page.finished(id);
        long begin = System.nanoTime();
        Http.Answer answer = api.submit(id);
        accepted.add(System.nanoTime() - begin);
        if (answer.status() != 202) {
            throw new IllegalStateException("not accepted: " + answer);
        }
        try {
            LivePage.Seen end = finished.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (end.status() != Status.SUCCEEDED) {
                throw new IllegalStateException(id + " is " + end.status());
            }
            seen.add(end.at() - begin);
            return id;
        } catch (ExecutionException | TimeoutException lost) {
            throw new IllegalStateException(id + " was not seen to finish", lost);
        }
    }
}
