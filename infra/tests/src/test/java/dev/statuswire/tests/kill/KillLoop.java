package dev.statuswire.tests.kill;

import static dev.statuswire.tests.kill.KillCounts.Moment.START;
import static dev.statuswire.tests.kill.KillCounts.Moment.STOP;
import static dev.statuswire.tests.kill.KillCounts.Moment.WORK;

import dev.statuswire.api.testing.PageClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.process.EffectSink;
import dev.statuswire.tests.process.RuntimeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Repeatedly starts the runtime on one folder and kills it at random moments, while clients and
 * pages use it. The seed determines what they do and when the runtime is killed, but not what it is
 * doing at that moment.
 */
final class KillLoop implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int PAGES = 2;

    /**
     * At least this many requests are acknowledged in a run before the runtime is killed at work.
     */
    private static final int MIN_ACKNOWLEDGED = 5;

    /** The first kills happen during a start, so that one of them leaves half-created tables. */
    private static final int FIRST_STARTS = 2;

    private static final Duration FIRST_GUESS = Duration.ofSeconds(2);
    private static final Duration LONGEST_WORK = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofMillis(1200);

    private final Path folder;
    private final SplittableRandom random;
    private final RuntimeRuns runs = new RuntimeRuns();
    private final SubmittedRequests requests = new SubmittedRequests();
    private final Findings findings = new Findings();
    private final ObservedVersions observed = new ObservedVersions(requests, findings);
    private final KillCounts counts = new KillCounts();
    private final EffectSink sink = new EffectSink();
    private final List<Client> clients;
    private final List<Watcher> watchers;
    private final List<PageClient> pages;
    private final List<Thread> threads = new ArrayList<>();
    private Duration start = FIRST_GUESS;

    KillLoop(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        clients = Stream.generate(() -> client(random.split())).limit(CLIENTS).toList();
        watchers = Stream.generate(() -> watcher(random.split())).limit(PAGES).toList();
        clients.forEach(client -> threads.add(Thread.ofVirtual().start(client)));
        pages = watchers.stream().map(watcher -> PageClient.open(runs, watcher)).toList();
    }

    private Client client(RandomGenerator clientRandom) {
        return new Client("client", clientRandom, runs, requests, observed, findings);
    }

    private Watcher watcher(RandomGenerator clientRandom) {
        return new Watcher(clientRandom, requests, observed, findings);
    }

    /**
     * Kills the runtime {@code kills} times, waits until it is idle, and checks the result. Returns
     * a summary.
     */
    String run(int kills) throws IOException, InterruptedException {
        while (counts.kills() < kills) {
            runOnce();
            findings.check();
        }
        try (var last = RuntimeProcess.onDisk(folder, sink)) {
            RuntimeRun run = begin(last);
            comeToRest();
            new FinalCheck(requests, observed, sink, findings).check(run, pages);
            findings.check();
            last.terminate();
            expectOrderlyEnd(last);
        }
        findings.check();
        return counts + ", " + FinalCheck.summary(requests, observed, sink);
    }

    private void runOnce() throws IOException, InterruptedException {
        try (var process = RuntimeProcess.onDisk(folder, sink)) {
            switch (moment()) {
                case START -> {
                    expectItRunsFor(process, upTo(start));
                    kill(process, process.isReady() ? WORK : START);
                }
                case WORK -> {
                    work(process);
                    kill(process, WORK);
                }
                case STOP -> {
                    work(process);
                    stop(process);
                }
            }
        } finally {
            runs.ended();
        }
    }

    private KillCounts.Moment moment() {
        int dice = random.nextInt(10);
        if (counts.kills() < FIRST_STARTS || dice < 3) {
            return START;
        }
        return dice < 7 ? WORK : STOP;
    }

    /**
     * Lets the clients use the runtime until some more requests are acknowledged, and a little
     * longer.
     */
    private void work(RuntimeProcess process) throws IOException, InterruptedException {
        int enough = requests.acknowledged().size() + MIN_ACKNOWLEDGED;
        begin(process);
        Await.until(
                "the runtime acknowledges requests",
                () -> requests.acknowledged().size() >= enough);
        expectItRunsFor(process, upTo(LONGEST_WORK));
    }

    private RuntimeRun begin(RuntimeProcess process) {
        long from = System.nanoTime();
        var run = new RuntimeRun(process, process.awaitApi());
        start = Duration.ofNanos(System.nanoTime() - from);
        runs.started(run);
        return run;
    }

    private void stop(RuntimeProcess process) throws IOException, InterruptedException {
        if (random.nextBoolean()) {
            process.terminate();
        } else {
            process.interrupt();
        }
        if (process.endsWithin(upTo(LONGEST_STOP))) {
            expectOrderlyEnd(process);
            counts.stopped();
        } else {
            kill(process, STOP);
        }
    }

    private void kill(RuntimeProcess process, KillCounts.Moment at) throws InterruptedException {
        if (process.kill()) {
            counts.killed(at);
        }
    }

    private void expectItRunsFor(RuntimeProcess process, Duration time)
            throws IOException, InterruptedException {
        if (process.endsWithin(time)) {
            findings.add("the runtime ended on its own: " + process.output() + process.errors());
        }
    }

    private void expectOrderlyEnd(RuntimeProcess process) throws IOException, InterruptedException {
        int code = process.awaitEnd();
        if (code != 0) {
            findings.add(
                    "the runtime exited with code "
                            + code
                            + ": "
                            + process.output()
                            + process.errors());
        }
    }

    private Duration upTo(Duration longest) {
        return Duration.ofNanos(random.nextLong(longest.toNanos()));
    }

    private void comeToRest() throws InterruptedException {
        clients.forEach(Client::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        watchers.forEach(Watcher::settle);
    }

    /** Ends the clients and the pages, and waits for them. */
    @Override
    public void close() {
        runs.finish();
        sink.close();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            for (PageClient page : pages) {
                page.awaitEnd();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
