package dev.statuswire.testkit.example;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A party that needs a room, an approval and a rest. */
public final class PlanParty implements RequestType<PlanParty.Party> {

    record Party(String host, int guests) {}

    record Room(String reference) {}

    record Approval(boolean approved, @Nullable String reason) {}

    record Invitation(String text) {}

    /** A service that reserves rooms. It ignores a key that it has seen before. */
    interface Venue {

        void reserve(String key, int guests);

        void release(String key, String reference);
    }

    @Override
    public Definition<Party> define() {
        return Definition.of("plan-party", Party.class)
                .example(new Party("Bob", 10))
                .step(
                        "reserve",
                        Room.class,
                        PlanParty::reserve,
                        options -> options.undo(PlanParty::release))
                .answer(
                        "approve",
                        Approval.class,
                        options ->
                                options.prompt(context -> context.input().guests() + " guests?")
                                        .within(Duration.ofDays(3)))
                .delay("rest", Duration.ofMinutes(5))
                .step("invite", Invitation.class, PlanParty::invite)
                .build();
    }

    private static Venue venue(StepContext<Party> context) {
        return context.environment()
                .once(
                        Venue.class,
                        environment -> {
                            throw new IllegalStateException("tests do not call the real venue");
                        });
    }

    private static Room reserve(StepContext<Party> context) {
        venue(context).reserve(context.effectKey(), context.input().guests());
        return new Room(context.effectKey());
    }

    private static void release(StepContext<Party> context, @Nullable Room room) {
        if (room != null) {
            venue(context).release(context.effectKey(), room.reference());
        }
    }

    private static Invitation invite(StepContext<Party> context) throws StepFailed {
        Approval approval = context.output("approve", Approval.class);
        if (!approval.approved()) {
            throw new StepFailed("refused", String.valueOf(approval.reason()));
        }
        return new Invitation(context.input().host() + " invites you.");
    }
}
