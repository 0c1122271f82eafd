package dev.statuswire.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.testkit.Effects;
import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.example.PlanParty.Approval;
import dev.statuswire.testkit.example.PlanParty.Invitation;
import dev.statuswire.testkit.example.PlanParty.Party;
import dev.statuswire.testkit.example.PlanParty.Venue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PlanPartyTest {

    private static final Party PARTY = new Party("Ada", 40);
    private static final Approval YES = new Approval(true, null);

    @RegisterExtension
    static final StatuswireTest<Party> STATUSWIRE =
            StatuswireTest.with(new PlanParty()).client(Venue.class, FakeVenue::new);

    record FakeVenue(Effects effects) implements Venue {

        @Override
        public void reserve(String key, int guests) {
            effects.happened(key, "reserve for " + guests);
        }

        @Override
        public void release(String key, String reference) {
            effects.happened(key, "release");
        }
    }

    @Test
    void guests_are_invited_five_minutes_after_the_approval() {
        var party = STATUSWIRE.submit(PARTY).runUntilIdle();
        party.assertWaitingFor("approve");

        party.answer("approve", YES).advance(Duration.ofMinutes(5));

        party.assertSucceeded(new Invitation("Ada invites you."));
    }

    @Test
    void a_party_that_nobody_approves_releases_its_room() {
        var party = STATUSWIRE.submit(PARTY).advance(Duration.ofDays(3));

        party.assertFailed("no-answer").assertUndone("reserve");
        assertThat(party.undoEffects("reserve")).containsExactly("release");
    }

    @Test
    void a_party_can_be_planned_for_later() {
        var party = STATUSWIRE.submit(PARTY, options -> options.notBefore(Duration.ofHours(1)));
        party.runUntilIdle().assertScheduled();

        party.advance(Duration.ofHours(1)).assertWaitingFor("approve");
    }

    @Test
    void a_room_is_reserved_once_and_released_once_whatever_happens() {
        var party = STATUSWIRE.submit(PARTY).runUntilIdle();
        party.answer("approve", new Approval(false, "Too loud.")).crashEverywhere();
    }
}
