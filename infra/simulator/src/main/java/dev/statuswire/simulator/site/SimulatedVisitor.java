package dev.statuswire.simulator.site;

import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.simulator.check.GuaranteeChecker;
import dev.statuswire.simulator.check.LinkChecker;
import dev.statuswire.simulator.check.WriterRole;

/**
 * A person who has received a link: reads and answers with it at any time, even when it is no
 * longer valid.
 */
public final class SimulatedVisitor extends SimulatedPerson {

    private final LinkSecret secret;
    private int answers;

    public SimulatedVisitor(DurableState world, SimulatedSystem statuswire, LinkSecret secret) {
        super(world, statuswire, "visitor");
        this.secret = secret;
    }

    /** Uses the link from now on, at random times. */
    public void start() {
        for (int times = world.choices().between(1, 4); times > 0; times--) {
            later(LATER, this::visit);
        }
    }

    private void visit() {
        if (world.choices().oneIn(4)) {
            untilResponse(this::read);
            return;
        }
        if (world.choices().oneIn(3)) {
            later(SOON, () -> untilResponse(this::answer));
        }
        untilResponse(this::answer);
    }

    private boolean read() {
        statuswire.open(secret);
        return true;
    }

    /** Answers as the API does: reads the link, then the request, and then writes. */
    private boolean answer() {
        return statuswire.call(
                api -> {
                    LinkChecker.Use use = api.use(secret);
                    api.links(WriterRole.API)
                            .find(secret.text())
                            .ifPresent(link -> answer(api, link, use));
                    return true;
                });
    }

    private void answer(SimulatedComponents api, Link link, LinkChecker.Use use) {
        RequestStore store = api.store(WriterRole.API);
        store.find(link.request())
                .filter(link::gives)
                .ifPresent(
                        seen ->
                                seen.stepToAnswer()
                                        .filter(link.options()::allowsAnswer)
                                        .ifPresent(step -> answer(api, store, seen, step, use)));
    }

    private void answer(
            SimulatedComponents api,
            RequestStore store,
            Request seen,
            String step,
            LinkChecker.Use use) {
        String answer = GuaranteeChecker.answerByLinkOf(secret.linkId(), answers++);
        var change = world.transitions().answer(seen, answer, HistoryEntry.LINK, now(api));
        if (store.apply(seen.key(), change) instanceof WriteOutcome.Done(Request after)) {
            world.checker().answered(after, step, answer);
            use.answered(after, step);
        }
    }
}
