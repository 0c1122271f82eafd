package dev.statuswire.simulator.site;

import dev.statuswire.core.link.LinkOptions;
import dev.statuswire.core.link.LinkScope;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.SubmitOutcome;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.simulator.check.GuaranteeChecker;
import dev.statuswire.simulator.check.WriterRole;
import dev.statuswire.simulator.database.SimulatedStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A user with one request: submits it until a response arrives, and may then cancel it, retry it,
 * or submit it again.
 */
public final class SimulatedClient extends SimulatedPerson {

    private static final List<String> TYPES =
            List.of(
                    SimulatedTypes.QUICK,
                    SimulatedTypes.SINGLE,
                    SimulatedTypes.SLOW,
                    SimulatedTypes.ASKING,
                    SimulatedTypes.RESTING,
                    SimulatedTypes.TRIP);
    private static final List<String> ODD_TYPES =
            List.of(
                    SimulatedTypes.DEADLY,
                    SimulatedTypes.LONG,
                    SimulatedTypes.CHANGED,
                    SimulatedTypes.NEWER,
                    GuaranteeChecker.TYPE_OF_NONE);

    private static final List<String> ANSWERABLE = List.of("reply", "confirm");

    private final RequestKey key;
    private final String type;
    private final boolean isScheduled;
    private final boolean isUrgent;
    private SubmissionOptions options = SubmissionOptions.NONE;
    private int persons;

    public SimulatedClient(DurableState world, SimulatedSystem statuswire, RequestKey key) {
        super(world, statuswire, "client " + key);
        this.key = key;
        this.type = world.choices().oneOf(world.choices().oneIn(8) ? ODD_TYPES : TYPES);
        this.isScheduled = world.choices().oneIn(4);
        this.isUrgent = world.choices().oneIn(8);
    }

    /** Starts at a random time within {@code period}. */
    public void start(Duration period) {
        later(
                period,
                () -> {
                    options = chooseOptions();
                    submit();
                });
    }

    private SubmissionOptions chooseOptions() {
        Instant now = world.scheduler().now();
        Instant start = isScheduled ? now.plus(world.choices().upTo(LATER)) : null;
        Instant end =
                isUrgent ? (start == null ? now : start).plus(world.choices().upTo(SOON)) : null;
        return SubmissionOptions.NONE.withNotBefore(start).withNotAfter(end);
    }

    private void submit() {
        untilResponse(() -> submitted(statuswire.call(this::submit)));
        world.checker().acknowledged(key);
        world.trace().tell(() -> key + " is acknowledged");
        if (world.choices().oneIn(3)) {
            later(world.choices().oneIn(3) ? LATER : SOON, this::cancelAndMaybeRetry);
        }
        if (world.choices().oneIn(2)) {
            later(LATER, this::retryAndMaybeCancel);
        }
        if (world.choices().oneIn(8) && mayDelete()) {
            later(LATER, () -> untilResponse(this::delete));
        }
        if (type.equals(SimulatedTypes.ASKING) || type.equals(SimulatedTypes.TRIP)) {
            later(LATER, this::answerOften);
        }
        if (world.choices().oneIn(6) && !world.choices().areFaultsStopped()) {
            later(LATER, this::submit);
        }
        if (world.sentLinks().isPresent()) {
            maybeShare(world.sentLinks().get());
        }
    }

    private void maybeShare(SentLinks sent) {
        if (world.choices().oneIn(2)) {
            later(LATER, () -> shareOften(sent));
        }
        if (world.choices().oneIn(4) && mayDelete() && !world.choices().areFaultsStopped()) {
            later(LATER, this::deleteAndSubmitAgain);
        }
    }

    private void shareOften(SentLinks sent) {
        for (int tries = world.choices().between(1, 3); tries > 0; tries--) {
            untilResponse(() -> share(sent));
            world.scheduler().sleep(world.choices().upTo(world.choices().oneIn(2) ? SOON : LATER));
        }
    }

    /** Creates a link, and revokes it after a while or not at all. */
    private boolean share(SentLinks sent) {
        return statuswire.call(
                api -> {
                    api.store(WriterRole.API)
                            .find(key)
                            .filter(Request::isUnderstood)
                            .ifPresent(
                                    seen -> share(api.links(WriterRole.API), seen, now(api), sent));
                    return true;
                });
    }

    private void share(Links links, Request seen, Instant now, SentLinks sent) {
        LinkOptions options = linkOptions(now, links.latestEnd());
        links.create(seen, options)
                .ifPresent(
                        created -> {
                            String id = created.link().id();
                            world.checker().links().created(id, seen);
                            sent.send(created.secret());
                            if (world.choices().oneIn(3)) {
                                later(LATER, () -> untilResponse(() -> revoke(id)));
                            }
                        });
    }

    private LinkOptions linkOptions(Instant now, Instant latest) {
        LinkScope scope = world.choices().oneIn(3) ? LinkScope.WATCH : LinkScope.ANSWER;
        boolean isForOneStep = scope == LinkScope.ANSWER && world.choices().oneIn(2);
        Instant end =
                world.choices().oneIn(4)
                        ? now.plus(world.choices().upTo(LATER)).plusSeconds(1)
                        : latest;
        return new LinkOptions(
                scope,
                isForOneStep ? world.choices().oneOf(ANSWERABLE) : null,
                null,
                false,
                end.truncatedTo(ChronoUnit.SECONDS));
    }

    private boolean revoke(String linkId) {
        return statuswire.call(
                api -> {
                    api.links(WriterRole.API).revoke(key, linkId);
                    world.checker().links().acknowledgedAsRevoked(linkId);
                    world.trace().tell(() -> "the revocation is acknowledged: " + linkId);
                    return true;
                });
    }

    private void deleteAndSubmitAgain() {
        untilResponse(this::delete);
        submit();
    }

    /** Answers whenever the request waits, sometimes together with another person. */
    private void answerOften() {
        for (int tries = world.choices().between(1, 4); tries > 0; tries--) {
            if (world.choices().oneIn(2)) {
                later(SOON, () -> untilResponse(this::answer));
            }
            untilResponse(this::answer);
            world.scheduler().sleep(world.choices().upTo(LATER));
        }
    }

    private boolean answer() {
        return statuswire.call(
                api -> {
                    RequestStore store = api.store(WriterRole.API);
                    store.find(key)
                            .filter(Request::isAnswerable)
                            .ifPresent(seen -> answer(store, seen, now(api)));
                    return true;
                });
    }

    private void answer(RequestStore store, Request seen, Instant now) {
        String step = seen.steps().get(seen.nextStep()).name();
        String answer = GuaranteeChecker.answerOf(persons++);
        if (store.apply(key, world.transitions().answer(seen, answer, HistoryEntry.OWNER, now))
                instanceof WriteOutcome.Done(Request after)) {
            world.checker().answered(after, step, answer);
        }
    }

    /**
     * Returns whether no submission arrives late in this schedule: a late copy of a submission
     * would store its request again after a deletion, with the same life.
     */
    private boolean mayDelete() {
        return !SimulatedStore.isKeptForLong(world.transitions());
    }

    private boolean delete() {
        return statuswire.call(
                api -> {
                    RequestStore store = api.store(WriterRole.API);
                    world.checker().deletes(key);
                    store.find(key)
                            .filter(Request::isDeletable)
                            .ifPresent(seen -> store.delete(key, Transitions.deletable(seen)));
                    return true;
                });
    }

    private void cancelAndMaybeRetry() {
        untilResponse(this::cancel);
        if (world.choices().oneIn(2)) {
            later(SOON, this::retryAndMaybeCancel);
        }
    }

    private void retryAndMaybeCancel() {
        untilResponse(this::retry);
        if (world.choices().oneIn(3)) {
            later(world.choices().oneIn(2) ? LATER : SOON, this::cancelAndMaybeRetry);
        }
    }

    private SubmitOutcome submit(SimulatedComponents api) {
        var submission = new Submission(type, "{}", options, Optional.empty());
        return api.store(WriterRole.API).submit(key, submission, now(api));
    }

    private static boolean submitted(SubmitOutcome any) {
        return any.request().version() > 0;
    }

    /**
     * Cancels as the API does: depending on the status that was read or, if it has changed, on the
     * current one.
     */
    private boolean cancel() {
        return statuswire.call(
                api -> {
                    RequestStore store = api.store(WriterRole.API);
                    Optional<Request> seen = store.find(key);
                    for (int tries = 0; tries < 5; tries++) {
                        if (seen.filter(Request::isCancellable).isEmpty()
                                || !(store.apply(key, cancelOf(seen.get(), now(api)))
                                        instanceof WriteOutcome.Refused refused)) {
                            return true;
                        }
                        seen = refused.current();
                    }
                    return true;
                });
    }

    private Transition cancelOf(Request seen, Instant now) {
        return seen.status() == Status.RUNNING
                ? world.transitions().cancelRunning(seen, now)
                : world.transitions().cancelIdle(seen, now);
    }

    private boolean retry() {
        return statuswire.call(
                api -> {
                    RequestStore store = api.store(WriterRole.API);
                    store.find(key)
                            .ifPresent(
                                    seen ->
                                            store.apply(
                                                    key,
                                                    world.transitions().retry(seen, now(api))));
                    return true;
                });
    }
}
