package dev.statuswire.tests.kill;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.PageClient;
import dev.statuswire.tests.process.RuntimeProcess;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run of the runtime, from when it is ready until its process ends. Thread-safe.
 *
 * @param api a client of its API; after the run, another process may use the same port
 */
record RuntimeRun(RuntimeProcess process, ApiClient api) implements PageClient.Server {

    /**
     * Returns the response; empty if the process ends before it has responded, or is about to stop.
     */
    @Override
    public Optional<Answer> call(Function<ApiClient, Answer> call) {
        return call("", call);
    }

    /**
     * Does the same for a call about one request. A response that contains its id comes from this
     * run, even if the process has ended by the time that the response is read.
     */
    Optional<Answer> call(String id, Function<ApiClient, Answer> call) {
        try {
            Answer answer = call.apply(api);
            return Optional.of(answer).filter(it -> it.status() != 503 && isOfThisRun(it, id));
        } catch (UncheckedIOException lost) {
            return Optional.empty();
        } catch (AssertionError contractBroken) {
            if (process.isAlive()) {
                throw contractBroken;
            }
            return Optional.empty();
        }
    }

    private boolean isOfThisRun(Answer answer, String id) {
        return process.isAlive() || (!id.isEmpty() && answer.body().contains(id));
    }
}
