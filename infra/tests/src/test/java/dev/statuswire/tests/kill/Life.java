package dev.statuswire.tests.kill;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.PageClient;
import dev.statuswire.tests.process.RuntimeProcess;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The runtime from when it is ready until it is dead. Thread-safe.
 *
 * @param api its API, for as long as it lives; its port may be anybody's afterwards
 */
record Life(RuntimeProcess process, ApiClient api) implements PageClient.Server {

    /** What it answers; empty where it dies before it has, or is about to stop. */
    @Override
    public Optional<Answer> call(Function<ApiClient, Answer> call) {
        return call("", call);
    }

    /**
     * The same of a call about one request: an answer that names it is ours even where the process
     * is dead by the time that it is read.
     */
    Optional<Answer> call(String id, Function<ApiClient, Answer> call) {
        try {
            Answer answer = call.apply(api);
            return Optional.of(answer).filter(it -> it.status() != 503 && isOurs(it, id));
        } catch (UncheckedIOException lost) {
            return Optional.empty();
        } catch (AssertionError otherThanPromised) {
            if (process.isAlive()) {
                throw otherThanPromised;
            }
            return Optional.empty();
        }
    }

    private boolean isOurs(Answer answer, String id) {
        return process.isAlive() || (!id.isEmpty() && answer.body().contains(id));
    }
}
