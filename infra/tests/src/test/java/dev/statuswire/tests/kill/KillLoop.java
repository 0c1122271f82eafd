package dev.statuswire.tests.kill;

import static dev.statuswire.tests.kill.Tally.Moment.START;
import static dev.statuswire.tests.kill.Tally.Moment.STOP;
import static dev.statuswire.tests.kill.Tally.Moment.WORK;

import dev.statuswire.api.testing.PageClient;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.process.RuntimeProcess;
import dev.statuswire.tests.process.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Starts the runtime on one folder again and again, and kills it at random moments, while clients
 * and pages use it. The seed decides what they do and when it is killed, but not what it is at just
 * then.
 */
final class KillLoop implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int PAGES = 2;

    /** So many are acknowledged in a life at least before it is killed at work. */
    private static final int AT_LEAST = 5;

    /** So many kills at first meet a start, so that one meets tables that are half made. */
    private static final int FIRST_STARTS = 2;

    private static final Duration FIRST_GUESS = Duration.ofSeconds(2);
    private static final Duration LONGEST_WORK = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofMillis(1200);

    private final Path folder;
    private final SplittableRandom random;
    private final Lives lives = new Lives();
    private final Ledger ledger = new Ledger();
    private final Findings findings = new Findings();
    private final Sightings sightings = new Sightings(ledger, findings);
    private final Tally tally = new Tally();
    private final Sink sink = new Sink();
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
        pages = watchers.stream().map(watcher -> PageClient.open(lives, watcher)).toList();
    }

    private Client client(RandomGenerator its) {
        return new Client("client", its, lives, ledger, sightings, findings);
    }

    private Watcher watcher(RandomGenerator its) {
        return new Watcher(its, ledger, sightings, findings);
    }

    /**
     * Kills it so often, lets it come to rest, and looks at what is left; what was done, in words.
     */
    String run(int kills) throws IOException, InterruptedException {
        while (tally.kills() < kills) {
            live();
            findings.check();
        }
        try (var last = RuntimeProcess.onDisk(folder, sink)) {
            Life life = begin(last);
            comeToRest();
            new Verdict(ledger, sightings, sink, findings).of(life, pages);
            findings.check();
            last.terminate();
            expectOrderlyEnd(last);
        }
        findings.check();
        return tally + ", " + Verdict.summary(ledger, sightings, sink);
    }

    private void live() throws IOException, InterruptedException {
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
            lives.ends();
        }
    }

    private Tally.Moment moment() {
        int dice = random.nextInt(10);
        if (tally.kills() < FIRST_STARTS || dice < 3) {
            return START;
        }
        return dice < 7 ? WORK : STOP;
    }

    /** The clients have it until some more is acknowledged, and a little longer. */
    private void work(RuntimeProcess process) throws IOException, InterruptedException {
        int enough = ledger.acknowledged().size() + AT_LEAST;
        begin(process);
        Await.until("it answers", () -> ledger.acknowledged().size() >= enough);
        expectItRunsFor(process, upTo(LONGEST_WORK));
    }

    private Life begin(RuntimeProcess process) {
        long from = System.nanoTime();
        var life = new Life(process, process.awaitApi());
        start = Duration.ofNanos(System.nanoTime() - from);
        lives.begins(life);
        return life;
    }

    private void stop(RuntimeProcess process) throws IOException, InterruptedException {
        if (random.nextBoolean()) {
            process.terminate();
        } else {
            process.interrupt();
        }
        if (process.endsWithin(upTo(LONGEST_STOP))) {
            expectOrderlyEnd(process);
            tally.stopped();
        } else {
            kill(process, STOP);
        }
    }

    private void kill(RuntimeProcess process, Tally.Moment at) throws InterruptedException {
        if (process.kill()) {
            tally.killed(at);
        }
    }

    private void expectItRunsFor(RuntimeProcess process, Duration time)
            throws IOException, InterruptedException {
        if (process.endsWithin(time)) {
            findings.add("it ended by itself: " + process.output() + process.errors());
        }
    }

    private void expectOrderlyEnd(RuntimeProcess process) throws IOException, InterruptedException {
        int code = process.awaitEnd();
        if (code != 0) {
            findings.add("it ended with " + code + ": " + process.output() + process.errors());
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

    /** Whoever uses it ends with its last life. */
    @Override
    public void close() {
        lives.over();
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
