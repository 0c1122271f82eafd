package dev.statuswire.simulator.chance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The dice of one schedule. Which faults a schedule knows, and how often each happens, is chance
 * too: schedules in which everything goes wrong at once hide what a few faults do together.
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

    /** For what takes its dice from elsewhere. */
    public RandomGenerator random() {
        return random;
    }

    /** This schedule does not know these. */
    public void without(SimulatedFault... faults) {
        for (SimulatedFault fault : faults) {
            rates.remove(fault);
        }
    }

    /** Whether it happens now. */
    public boolean happens(SimulatedFault fault) {
        Double rate = rates.get(fault);
        return rate != null && !calm && random.nextDouble() < rate;
    }

    /** Whether one in {@code many} comes up, also when it is calm. */
    public boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /** From {@code least} up to, and with, {@code most}. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** From nothing up to {@code most}, to the millisecond. */
    public Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** One of them. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** From now on nothing goes wrong. */
    public void calmDown() {
        calm = true;
    }

    public boolean isCalm() {
        return calm;
    }

    @Override
    public String toString() {
        return rates.toString();
    }
}
