package dev.statuswire.types.reminder;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.TestRequest;
import dev.statuswire.types.reminder.Reminder.Note;
import dev.statuswire.types.reminder.Reminder.Reminded;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReminderTest {

    @RegisterExtension final StatuswireTest<Note> statuswire = StatuswireTest.with(new Reminder());

    private TestRequest<Note> remindAfter(int seconds) {
        return statuswire.submit(new Note("Call Ada", seconds));
    }

    @Test
    void a_reminder_comes_after_its_time() {
        TestRequest<Note> reminder = remindAfter(90).runUntilIdle().assertWaitingFor("wait");

        reminder.advance(Duration.ofMillis(89_999)).assertWaitingFor("wait");
        reminder.advance(Duration.ofMillis(1)).assertSucceeded(new Reminded("Call Ada"));
        reminder.crashEverywhere();
    }

    @Test
    void a_reminder_can_wait_for_a_year() {
        remindAfter(31_536_000)
                .advance(Duration.ofDays(365).minusSeconds(1))
                .assertWaitingFor("wait")
                .advance(Duration.ofSeconds(1))
                .assertSucceeded();
    }

    @Test
    void a_cancelled_reminder_does_not_come() {
        remindAfter(90).run().cancel().advance(Duration.ofDays(1)).assertCancelled();
    }

    @Test
    void invalid_times_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> remindAfter(0));
        assertThatIllegalArgumentException().isThrownBy(() -> remindAfter(31_536_001));
    }
}
