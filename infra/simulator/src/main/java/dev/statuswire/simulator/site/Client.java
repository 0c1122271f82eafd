package dev.statuswire.simulator.site;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.Submission;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.simulator.check.Role;
import dev.statuswire.simulator.live.PageServer.ServerError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A user with one request: submits it until that is answered, and perhaps cancels it, retries it,
 * or submits it again.
 */
public final class Client {

    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(50);
    private static final List<String> TYPES = List.of(SimulatedTypes.QUICK, SimulatedTypes.SLOW);

    private final World world;
    private final Statuswire statuswire;
    private final RequestKey key;
    private final String type;
    private int running;

    public Client(World world, Statuswire statuswire, RequestKey key) {
        this.world = world;
        this.statuswire = statuswire;
        this.key = key;
        this.type =
                world.chances().oneIn(20) ? SimulatedTypes.DEADLY : world.chances().oneOf(TYPES);
    }

    /** Begins at some time within {@code period}. */
    public void start(Duration period) {
        later(period, this::submit);
    }

    private void later(Duration latest, Runnable what) {
        running++;
        world.scheduler()
                .startAfter(
                        world.chances().upTo(latest),
                        "client " + key,
                        () -> {
                            what.run();
                            running--;
                        });
    }

    /** Whether it wants nothing more. */
    public boolean isDone() {
        return running == 0;
    }

    private void submit() {
        untilAnswered(() -> submitted(statuswire.call(this::submit)));
        world.checker().acknowledged(key);
        world.trace().tell(() -> key + " is acknowledged");
        if (world.chances().oneIn(3)) {
            later(world.chances().oneIn(3) ? LATER : SOON, () -> untilAnswered(this::cancel));
        }
        if (world.chances().oneIn(2)) {
            later(LATER, () -> untilAnswered(this::retry));
        }
        if (world.chances().oneIn(6) && !world.chances().isCalm()) {
            later(LATER, this::submit);
        }
    }

    private Submission submit(Program api) {
        return api.store(Role.API).submit(key, type, "{}", now(api));
    }

    private static boolean submitted(Submission any) {
        return any.request().version() > 0;
    }

    private static Instant now(Program api) {
        return api.host().timeAndChance().clock().instant();
    }

    private void untilAnswered(Supplier<Boolean> call) {
        boolean answered = false;
        while (!answered) {
            try {
                answered = call.get();
            } catch (ServerError repeated) {
                world.scheduler().sleep(world.chances().upTo(AGAIN));
            }
        }
    }

    /** As the API does: idle first, then by what the status was found to be. */
    private boolean cancel() {
        return statuswire.call(
                api -> {
                    RequestStore store = api.store(Role.API);
                    Transition next = world.transitions().cancelIdle(now(api));
                    for (int tries = 0; tries < 5; tries++) {
                        if (!(store.apply(key, next) instanceof Outcome.Refused refused)
                                || refused.current().filter(Client::isCancellable).isEmpty()) {
                            return true;
                        }
                        next =
                                refused.current().get().status() == Status.RUNNING
                                        ? world.transitions().cancelRunning(now(api))
                                        : world.transitions().cancelIdle(now(api));
                    }
                    return true;
                });
    }

    private static boolean isCancellable(Request found) {
        return !found.status().finished() && !found.cancelRequested();
    }

    private boolean retry() {
        return statuswire.call(
                api -> {
                    Outcome outcome =
                            api.store(Role.API)
                                    .apply(key, world.transitions().retry(key, now(api)));
                    return outcome != null;
                });
    }
}
