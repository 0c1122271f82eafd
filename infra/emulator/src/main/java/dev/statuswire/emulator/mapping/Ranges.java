package dev.statuswire.emulator.mapping;

import java.time.Duration;

/** Checks of settings, with a message that names the setting. */
final class Ranges {

    private Ranges() {}

    static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " is " + least + ".." + most + ", not " + value);
        }
    }

    static void checkSeconds(String what, Duration value, long least, long most) {
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(what + " is in whole seconds, not " + value);
        }
        check(what + " in seconds", value.toSeconds(), least, most);
    }
}
