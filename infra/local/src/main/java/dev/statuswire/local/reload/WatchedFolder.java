package dev.statuswire.local.reload;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one watched folder. Used by one thread. */
final class WatchedFolder {

    private final TypeFolder folder;
    private List<JarVersion> seen = List.of();
    private Instant seenAt = Instant.MIN;

    /** The jars that were loaded last, or that could not be loaded; null at first. */
    private @Nullable List<JarVersion> done;

    private Optional<LoadedTypes> active = Optional.empty();
    private Optional<TypeLoadException> failure = Optional.empty();

    /** The jars that could not be loaded last. */
    private List<JarVersion> failed = List.of();

    WatchedFolder(TypeFolder folder) {
        this.folder = folder;
    }

    TypeFolder folder() {
        return folder;
    }

    /** Returns the version whose types are offered; empty if there is none. */
    Optional<LoadedTypes> active() {
        return active;
    }

    /** Returns why the newest jars could not be loaded; empty if they were. */
    Optional<TypeLoadException> failure() {
        return failure;
    }

    /** Reads which jars the folder has now. */
    void look(Instant now) {
        List<JarVersion> jars = folder.jars();
        if (!jars.equals(seen)) {
            seen = jars;
            seenAt = now;
        }
    }

    List<JarVersion> jars() {
        return seen;
    }

    /** Returns whether the jars have changed, and then remained unchanged for {@code at least}. */
    boolean hasChanged(Instant now, Duration atLeast) {
        return !seen.equals(done) && isUnchangedFor(atLeast, now);
    }

    /** Returns whether the jars have not changed for {@code atLeast}. */
    boolean isUnchangedFor(Duration atLeast, Instant now) {
        return !now.isBefore(seenAt.plus(atLeast));
    }

    /** Records which version is active now: that of the newest jars. */
    void activate(Optional<LoadedTypes> types) {
        active = types;
        failure = Optional.empty();
        done = seen;
    }

    /** Keeps the active version, although its jars no longer exist. */
    void keep() {
        done = seen;
    }

    /** Records that the newest jars could not be loaded. */
    void fail(TypeLoadException reason) {
        failure = Optional.of(reason);
        failed = seen;
        done = seen;
    }

    /** Returns whether these very jars could not be loaded for the same reason before. */
    boolean hasFailedWith(TypeLoadException reason) {
        return failed.equals(seen)
                && failure.map(WatchedFolder::message).equals(Optional.of(message(reason)));
    }

    private static String message(Throwable thrown) {
        return String.valueOf(thrown.getMessage());
    }

    /** Makes the folder be loaded again if it could not be loaded. */
    void retryIfFailed() {
        if (failure.isPresent()) {
            done = null;
        }
    }
}
