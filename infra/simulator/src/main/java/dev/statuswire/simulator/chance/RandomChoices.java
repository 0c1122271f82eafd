package dev.statuswire.simulator.chance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The random choices of one schedule. Which faults a schedule has, and how often each happens, is
 * random too: schedules in which everything goes wrong at once hide what a few faults cause in
 * combination.
 *
 * @see <a href="https://users.cs.utah.edu/~regehr/papers/swarm12.pdf">Swarm Testing</a>
 */
public final class RandomChoices {

    private static final double SHARE_OF_FAULTS = 0.35;
    private static final int STEPS_OF_RARITY = 4;

    private final SplittableRandom random;
    private final Map<SimulatedFault, Double> rates = new EnumMap<>(SimulatedFault.class);
    private boolean calm;

    public RandomChoices(long seed) {
        random = new SplittableRandom(seed);
        for (SimulatedFault fault : SimulatedFault.values()) {
            boolean known = random.nextDouble() < SHARE_OF_FAULTS;
            int rarity = fault.rarity() + random.nextInt(STEPS_OF_RARITY);
            if (known) {
                rates.put(fault, Math.pow(2, -rarity));
            }
        }
    }

    /** Returns the generator behind these choices. */
    public RandomGenerator random() {
        return random;
    }

    /** Removes these faults from the schedule. */
    public void without(SimulatedFault... faults) {
        for (SimulatedFault fault : faults) {
            rates.remove(fault);
        }
    }

    /** Returns whether the fault happens now. */
    public boolean happens(SimulatedFault fault) {
        Double rate = rates.get(fault);
        return rate != null && !calm && random.nextDouble() < rate;
    }

    /** Returns true with a probability of one in {@code many}, also after {@link #stopFaults}. */
    public boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /** Returns a number from {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Returns a time from zero to {@code most}, in whole milliseconds. */
    public Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** Returns one of {@code choices}. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Disables all faults from now on. */
    public void stopFaults() {
        calm = true;
    }

    public boolean areFaultsStopped() {
        return calm;
    }

    @Override
    public String toString() {
        return rates.toString();
    }
}
