package dev.statuswire.bench.process;

import java.nio.file.Path;

/** The JDK that runs the bench, and what it starts. */
public final class Jdk {

    private Jdk() {}

    /** The path of one of its commands. */
    public static String command(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
