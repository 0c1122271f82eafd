package dev.statuswire.testkit;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.testkit.World.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What steps have done outside of their request. A test's fake of a service reports to it:
 *
 * <pre>{@code
 * record FakeKitchen(Effects effects) implements Kitchen {
 *     public void cook(String key, Dish dish) {
 *         effects.happened(key, "cook " + dish);
 *     }
 * }
 * }</pre>
 *
 * <p>It behaves as a service that deduplicates: the same effect under the same key happens once.
 * One key may have several effects, such as those of two services. Texts that differ only in the
 * secret of a {@linkplain TestRequest#links link} are the same effect. Thread-safe.
 */
public final class Effects {

    private final Supplier<Optional<Run>> running;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<List<String>> seen = new HashSet<>();

    /**
     * @param running returns the run of a step that is under way
     */
    Effects(Supplier<Optional<Run>> running) {
        this.running = running;
    }

    /**
     * Something that happened.
     *
     * @param key the key under which the service deduplicates; null if it got none
     * @param what what happened, in the words of the fake
     * @param step the step that was running, or its name with {@code /undo} at the end if its undo
     *     was; null if none was
     */
    public record Effect(@Nullable String key, String what, @Nullable String step) {

        @Override
        public String toString() {
            return what + (key == null ? " without a key" : " under the key " + key);
        }
    }

    private record Entry(@Nullable RequestKey request, Effect effect) {}

    /**
     * Reports that a step has asked a service for an effect.
     *
     * @param key the key under which the service deduplicates, such as the step's {@code
     *     effectKey()}
     * @param effect what happens; the same text for the same effect
     * @return whether it happened now; false if it had happened under this key before
     */
    public boolean happened(String key, String effect) {
        return happened(Optional.of(key), effect);
    }

    /**
     * Reports an effect of a service that cannot deduplicate, because it got no key.
     *
     * @param effect what happens; the same text for the same effect
     */
    public void happened(String effect) {
        happened(Optional.empty(), effect);
    }

    private boolean happened(Optional<String> key, String effect) {
        Optional<Run> run = running.get();
        run.ifPresent(it -> it.process().requireAlive());
        return add(key, effect, run);
    }

    private synchronized boolean add(Optional<String> key, String effect, Optional<Run> run) {
        boolean isFirst =
                key.isEmpty() || seen.add(List.of(key.get(), MemoryLinks.withoutSecrets(effect)));
        if (isFirst) {
            entries.add(
                    new Entry(
                            run.map(Run::request).orElse(null),
                            new Effect(key.orElse(null), effect, run.map(Run::step).orElse(null))));
        }
        return isFirst;
    }

    /**
     * {@return what has happened under a key, in this order}
     *
     * @param key the key that the step has passed to the service
     */
    public List<String> of(String key) {
        return all().stream().filter(effect -> key.equals(effect.key())).map(Effect::what).toList();
    }

    /** {@return all that has happened, in this order} */
    public synchronized List<Effect> all() {
        return entries.stream().map(Entry::effect).toList();
    }

    /** {@return what a step of a request has done, whatever keys it used} */
    synchronized List<Effect> of(RequestKey request, String step) {
        return entries.stream()
                .filter(entry -> request.equals(entry.request()))
                .map(Entry::effect)
                .filter(effect -> Objects.equals(effect.step(), step))
                .toList();
    }
}
