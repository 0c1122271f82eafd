package dev.statuswire.tests.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.tests.faults.ServiceFolder;
import dev.statuswire.tests.process.RuntimeProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The runtime as a separate process, whose heap and threads can be measured. */
final class LoadedRuntime implements AutoCloseable {

    private static final Pattern VIRTUAL_THREADS =
            Pattern.compile("([0-9]+) +[0-9]+ +java\\.lang\\.VirtualThread ");

    private final RuntimeProcess process;
    private final ApiClient api;
    private final JMXConnector management;

    private LoadedRuntime(RuntimeProcess process, ApiClient api, JMXConnector management) {
        this.process = process;
        this.api = api;
        this.management = management;
    }

    /** The resources that the runtime uses after a garbage collection. */
    record Use(long heapBytes, int platformThreads, int virtualThreads) {}

    /** Starts the runtime, and waits until it is ready: a JVM that is booting rejects the agent. */
    static LoadedRuntime start(Path folder) throws IOException {
        Path types = ServiceFolder.in(folder, List.of(LargeTextType.class));
        String compiler = Scale.LONG ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1";
        var process =
                RuntimeProcess.startWith(
                        List.of("-Xmx768m", compiler),
                        types,
                        folder,
                        "--in-memory",
                        "--port=0",
                        "--dynamodb-port=0");
        try {
            return new LoadedRuntime(process, process.awaitApi(), attach(process.pid()));
        } catch (IOException | RuntimeException | AssertionError failed) {
            process.close();
            throw failed;
        }
    }

    @SuppressWarnings("BanJNDI") // the URL comes from the JVM of its own child process
    private static JMXConnector attach(long process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process));
            try {
                var address = new JMXServiceURL(machine.startLocalManagementAgent());
                return JMXConnectorFactory.connect(address);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException impossible) {
            throw new IOException(impossible);
        }
    }

    /** Returns a client of the runtime's API. */
    ApiClient api() {
        return api;
    }

    /** Returns the current use, after a garbage collection. Blocks. */
    Use use() throws IOException, JMException {
        MBeanServerConnection beans = management.getMBeanServerConnection();
        int virtual = virtualThreads(beans);
        var memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
        var platform = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
        return new Use(memory.getHeapMemoryUsage().getUsed(), platform.getThreadCount(), virtual);
    }

    /**
     * Counts the virtual threads on the heap after a garbage collection. Does not use a thread
     * dump, because with many virtual threads that crashes JDK 25.0.3.
     */
    private static int virtualThreads(MBeanServerConnection beans) throws IOException, JMException {
        Object histogram =
                beans.invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher found = VIRTUAL_THREADS.matcher(histogram.toString());
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        process.close();
        try {
            management.close();
        } catch (IOException gone) {
            return;
        }
    }
}
