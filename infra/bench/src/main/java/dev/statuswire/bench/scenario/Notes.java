package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Http;
import dev.statuswire.bench.drive.LivePage;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.process.Statuswire;
import dev.statuswire.core.request.Status;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Submits notes and waits until the page shows that they succeeded. Thread-safe; blocks. */
final class Notes implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final int TOO_MANY = 429;

    private final Api api;
    private final LivePage page;

    private Notes(Api api, LivePage page) {
        this.api = api;
        this.page = page;
    }

    /** Submitted to {@code statuswire}, and seen by a page of its own. */
    static Notes on(Statuswire statuswire) throws InterruptedException {
        return on(new Api(statuswire.page()));
    }

    /** Submitted to {@code api}, which is closed with these. */
    static Notes on(Api api) throws InterruptedException {
        try {
            return new Notes(api, LivePage.open(api));
        } catch (IllegalStateException | InterruptedException failed) {
            api.close();
            throw failed;
        }
    }

    /** What they are submitted to. */
    Api api() {
        return api;
    }

    /** What shows their ends. */
    LivePage page() {
        return page;
    }

    /**
     * One note. Told to come later, it comes later, and what is measured begins anew.
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
        while (answer.status() == TOO_MANY) {
            Thread.sleep(Duration.ofSeconds(Long.parseLong(answer.retryAfter().orElseThrow())));
            begin = System.nanoTime();
            answer = api.submit(id);
        }
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

    /** Closes the page and the API. */
    @Override
    public void close() {
        page.close();
        api.close();
    }
}
