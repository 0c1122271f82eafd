package dev.statuswire.api.limit;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.core.request.Request;
import java.util.Optional;

/**
 * Decides whether an owner may submit a new request. Thread-safe, never blocks.
 *
 * @param load limits the unfinished requests of each owner
 * @param loadShedding sheds load while the system is overloaded
 */
public record SubmissionLimits(UnfinishedRequestLimit load, LoadShedding loadShedding) {

    /** Returns why {@code owner} may not submit a new request now; empty if it may. */
    public Optional<ProblemException> refusal(String owner) {
        if (loadShedding.isTooLong(owner)) {
            return Optional.of(LoadShedding.overloaded());
        }
        return load.admits(owner)
                ? Optional.empty()
                : Optional.of(UnfinishedRequestLimit.tooMany());
    }

    /** Counts {@code request}, which was stored by this process just now. */
    public void accepted(Request request) {
        load.add(request.key().owner());
        loadShedding.accepted(request);
    }
}
