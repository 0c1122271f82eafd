package dev.statuswire.tests.fuzz;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The resources that this process uses.
 *
 * @param heap bytes that are in use after a garbage collection
 * @param threads platform threads
 * @param files open files and sockets
 */
record Footprint(long heap, int threads, long files) {

    static Footprint now() {
        System.gc();
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount());
    }

    /** Returns whether this is no more than {@code before}, apart from the usual variation. */
    boolean isNoMoreThan(Footprint before) {
        return heap < before.heap + 24 * 1024 * 1024
                && threads <= before.threads + 16
                && files <= before.files + 16;
    }
}
