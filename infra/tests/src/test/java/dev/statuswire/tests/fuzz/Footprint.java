package dev.statuswire.tests.fuzz;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds.
 *
 * @param heap bytes that are left after a collection
 * @param threads of the platform
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

    /** Whether it holds no more than {@code before}, but for what comes and goes. */
    boolean isNoMoreThan(Footprint before) {
        return heap < before.heap + 24 * 1024 * 1024
                && threads <= before.threads + 16
                && files <= before.files + 16;
    }
}
