package dev.statuswire.simulator.machine;

import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.emulator.time.EmulatorTime;
import dev.statuswire.simulator.chance.RandomChoices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** A process with its own clock, which may be wrong. It runs until it is killed. */
public final class SimulatedProcess {

    private static final Duration MOST_WRONG = Duration.ofHours(1);

    private final String name;
    private final Scheduler scheduler;
    private final TimeAndRandomness timeAndRandomness;
    private final Runnable onDeath;
    private Duration skew;
    private Instant latestShown;
    private boolean dead;

    /**
     * Creates a running process.
     *
     * @param skew how far its clock is ahead
     * @param onDeath is called at once when the process is killed
     */
    public SimulatedProcess(
            String name,
            Scheduler scheduler,
            RandomGenerator chance,
            Duration skew,
            Runnable onDeath) {
        this.name = name;
        this.onDeath = onDeath;
        this.scheduler = scheduler;
        this.skew = skew;
        this.latestShown = scheduler.now();
        InstantSource clock = this::show;
        this.timeAndRandomness =
                new TimeAndRandomness(clock, scheduler::now, chance, this::awaitPermit);
    }

    public String name() {
        return name;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** Returns its clocks and randomness, and waiting that ends when the process is killed. */
    public TimeAndRandomness timeAndRandomness() {
        return timeAndRandomness;
    }

    /** Returns the same for the emulator's classes in this process. */
    public EmulatorTime emulatorTime() {
        return new EmulatorTime(
                timeAndRandomness.clock(),
                timeAndRandomness.steady(),
                timeAndRandomness.random(),
                timeAndRandomness.waiting()::awaitPermit);
    }

    private Instant show() {
        Instant shown = scheduler.now().plus(skew);
        latestShown = shown.isAfter(latestShown) ? shown : latestShown;
        return shown;
    }

    /** Returns the latest time that its wall clock has shown. */
    public Instant latestShown() {
        return latestShown;
    }

    /** Sets its wall clock to a time that is wrong by up to an hour. */
    public void setClock(RandomChoices choices) {
        skew = choices.upTo(MOST_WRONG.multipliedBy(2)).minus(MOST_WRONG);
    }

    public boolean isDead() {
        return dead;
    }

    /** Kills the process, as {@code kill -9} does: its threads have no further effect. */
    public void kill() {
        if (!dead) {
            dead = true;
            onDeath.run();
        }
    }

    /**
     * Called before and after each external effect of the process.
     *
     * @throws ProcessKilledError if the process was killed
     */
    public void check() {
        if (dead) {
            throw new ProcessKilledError(name);
        }
    }

    private boolean awaitPermit(Semaphore signal, Duration longest) throws InterruptedException {
        check();
        if (signal.tryAcquire()) {
            return true;
        }
        if (!longest.isPositive()) {
            return false;
        }
        boolean inTime = waited(signal, longest);
        check();
        return inTime;
    }

    /**
     * The timer adds its own permit. If both permits have arrived, the other one is taken as well.
     */
    private boolean waited(Semaphore signal, Duration longest) throws InterruptedException {
        boolean[] late = {false};
        Scheduler.SleepingThread timer =
                scheduler.after(
                        longest,
                        () -> {
                            late[0] = true;
                            signal.release();
                        });
        try {
            signal.acquire();
        } finally {
            timer.cancel();
        }
        return !late[0] || signal.tryAcquire();
    }
}
