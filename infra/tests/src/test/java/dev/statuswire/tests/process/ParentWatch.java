package dev.statuswire.tests.process;

import java.io.IOException;

/** Ends the runtime when the test that started it is gone, however that ended. */
final class ParentWatch {

    private ParentWatch() {}

    /** The standard input ends with the process at its other side, and nobody ever writes to it. */
    static void start() {
        Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::waitForItsEnd);
    }

    private static void waitForItsEnd() {
        try {
            System.in.readAllBytes();
        } catch (IOException broken) {
            System.err.println("the test's side is broken: " + broken);
        }
        Runtime.getRuntime().halt(1);
    }
}
