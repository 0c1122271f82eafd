package dev.statuswire.tests.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Connects clients of each language, and closes them after each test. */
final class TestedClients implements AfterEachCallback, AfterAllCallback {

    /** The languages of the clients. */
    enum Language {
        JAVA,
        JAVASCRIPT
    }

    private final Supplier<Path> folder;
    private final List<TestedClient> clients = new ArrayList<>();
    private @Nullable NodeClients node;

    /**
     * @param folder returns an empty folder for the files of the Node.js process
     */
    TestedClients(Supplier<Path> folder) {
        this.folder = folder;
    }

    /** Connects a client. */
    TestedClient connect(Language language, URI server) {
        return connect(language, server, false);
    }

    /** Connects a client that sends {@code token-1}, {@code token-2} … with its calls. */
    TestedClient connectWithTokens(Language language, URI server) {
        return connect(language, server, true);
    }

    private TestedClient connect(Language language, URI server, boolean hasTokens) {
        TestedClient client =
                switch (language) {
                    case JAVA -> new JavaTestedClient(server, hasTokens);
                    case JAVASCRIPT -> node().connect(server, hasTokens);
                };
        clients.add(client);
        return client;
    }

    private NodeClients node() {
        NodeClients started = node == null ? new NodeClients(folder.get()) : node;
        node = started;
        return started;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        clients.forEach(TestedClient::close);
        clients.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (node != null) {
            node.close();
        }
    }
}
