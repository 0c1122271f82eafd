package dev.statuswire.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the objects of another JVM take. */
final class LiveHeap {

    /** The last line of the histogram: {@code Total <instances> <bytes>}. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private LiveHeap() {}

    /** In bytes. {@code GC.class_histogram} collects first, so only what is reachable counts. */
    static long of(long pid) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(
                                    Jdk.command("jcmd"), Long.toString(pid), "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Matcher total = TOTAL.matcher(text);
            if (!total.find()) {
                throw new IllegalStateException("no total in what jcmd says: " + text);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
