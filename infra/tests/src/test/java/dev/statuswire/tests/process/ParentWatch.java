package dev.statuswire.tests.process;

import java.io.IOException;

/** Ends the runtime when the test process that started it has ended, for whatever reason. */
final class ParentWatch {

    private ParentWatch() {}

    /**
     * Watches the standard input. Nothing is ever written to it, and it ends with the test process.
     */
    static void start() {
        Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::waitForParentToEnd);
    }

    private static void waitForParentToEnd() {
        try {
            System.in.readAllBytes();
        } catch (IOException broken) {
            System.err.println("could not read from the test process: " + broken);
        }
        Runtime.getRuntime().halt(1);
    }
}
