package @package@;

import dev.statuswire.testkit.Effects;
import dev.statuswire.testkit.StatuswireTest;
import @package@.@class@.Input;
import @package@.@class@.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class @class@Test {

    /** Tells the test kit what it would send. */
    private record FakeOutbox(Effects effects) implements Outbox {

        @Override
        public void send(String key, String to, String text) {
            effects.happened(key, to + ": " + text);
        }
    }

    @RegisterExtension
    static final StatuswireTest<Input> STATUSWIRE =
            StatuswireTest.with(new @class@()).client(Outbox.class, FakeOutbox::new);

    @Test
    void sends_a_greeting() {
        STATUSWIRE
                .submit(new Input("Ada", 3))
                .runUntilIdle()
                .assertSucceeded(new Sent("Ada", "Hello, Ada!!!"));
    }

    @Test
    void sends_one_greeting_wherever_a_process_crashes() {
        STATUSWIRE.submit(new Input("Ada", 1)).crashEverywhere();
    }
}
