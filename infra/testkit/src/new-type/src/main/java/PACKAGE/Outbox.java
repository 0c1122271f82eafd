package @package@;

import dev.statuswire.sdk.TypeEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Sends messages. Replace it with a client of the service that you call. */
interface Outbox {

    /**
     * Sends a message, once for each key.
     *
     * @throws IOException if the message may not have been sent; Statuswire then retries the step
     */
    void send(String key, String to, String text) throws IOException;

    /**
     * Returns an outbox that writes each message to a file, in the folder that the environment
     * variable OUTBOX names. The default is the folder for temporary files.
     */
    static Outbox of(TypeEnvironment environment) {
        Path folder =
                Path.of(
                        environment.setting("OUTBOX").orElse(System.getProperty("java.io.tmpdir")),
                        "@name@");
        return (key, to, text) -> {
            Files.createDirectories(folder);
            // The same key names the same file, so the second message replaces an equal one.
            UUID file = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
            Files.writeString(folder.resolve(file + ".txt"), to + ": " + text + "\n");
        };
    }
}
