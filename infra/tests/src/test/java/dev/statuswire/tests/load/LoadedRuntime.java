package dev.statuswire.tests.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.local.Main;
import dev.statuswire.tests.faults.ServiceFolder;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static final Pattern PAGE = Pattern.compile("page +(http://\\S+)");
    private static final Pattern VIRTUAL_THREADS =
            Pattern.compile("([0-9]+) +[0-9]+ +java\\.lang\\.VirtualThread ");

    private final Process process;
    private final URI page;
    private final JMXConnector management;

    private LoadedRuntime(Process process, URI page, JMXConnector management) {
        this.process = process;
        this.page = page;
        this.management = management;
    }

    /** The resources that the runtime uses after a garbage collection. */
    record Use(long heapBytes, int platformThreads, int virtualThreads) {}

    /** Starts the runtime, and waits until it is ready: a JVM that is booting rejects the agent. */
    static LoadedRuntime start(Path folder) throws IOException {
        Path output = folder.resolve("output.txt");
        Path types = ServiceFolder.in(folder, List.of(LargeTextType.class));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx768m",
                                Scale.LONG ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                                "-Dlogback.configurationFile=logback.xml",
                                "-Djava.io.tmpdir=" + folder,
                                "-cp",
                                System.getProperty("java.class.path") + File.pathSeparator + types,
                                Main.class.getName(),
                                "--in-memory",
                                "--port=0",
                                "--dynamodb-port=0")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            return new LoadedRuntime(process, awaitPage(process, output), attach(process));
        } catch (IOException | RuntimeException | AssertionError failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    @SuppressWarnings("BanJNDI") // the URL comes from the JVM of its own child process
    private static JMXConnector attach(Process process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
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

    /** Returns the URL of the runtime's page. */
    URI page() {
        return page;
    }

    private static URI awaitPage(Process process, Path output) {
        return Await.get(
                "the page's URL",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the runtime ended: " + Files.readString(output));
                    }
                    Matcher found = PAGE.matcher(Files.readString(output));
                    return found.find()
                            ? Optional.of(URI.create(found.group(1)))
                            : Optional.empty();
                });
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
        process.destroyForcibly();
        try {
            management.close();
        } catch (IOException gone) {
            return;
        }
    }
}
