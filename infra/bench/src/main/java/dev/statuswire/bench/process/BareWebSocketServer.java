package dev.statuswire.bench.process;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server with nothing but Jetty. For each line {@code <times> <file>} on its standard
 * input, it sends the text of the file to all sockets that many times, as fast as they accept it.
 * Jetty allows one outgoing frame per socket at a time.
 */
public final class BareWebSocketServer {

    private static final Set<Peer> PEERS = ConcurrentHashMap.newKeySet();

    private BareWebSocketServer() {}

    /** Runs until the end of the standard input. */
    public static void main(String[] arguments) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                WebSocketUpgradeHandler.from(
                        server,
                        container ->
                                container.addMapping(
                                        "/", (request, response, callback) -> new Peer())));
        server.start();
        System.out.println("ready " + connector.getLocalPort());
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            String text = Files.readString(Path.of(words[1]));
            for (int time = 0; time < Integer.parseInt(words[0]); time++) {
                for (Peer peer : PEERS) {
                    peer.send(text);
                }
            }
        }
        server.stop();
    }

    /** A connection. Public because Jetty looks up its methods. */
    public static final class Peer implements Session.Listener.AutoDemanding {

        private final Semaphore ready = new Semaphore(0);
        private volatile @Nullable Session session;

        private Peer() {}

        @Override
        public void onWebSocketOpen(Session opened) {
            opened.setIdleTimeout(Duration.ZERO);
            session = opened;
            PEERS.add(this);
            ready.release();
        }

        @Override
        public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
            PEERS.remove(this);
            ready.release(1_000_000);
            callback.succeed();
        }

        private void send(String text) throws InterruptedException {
            Session open = session;
            if (open != null) {
                ready.acquire();
                var done = Callback.from(ready::release, failed -> ready.release());
                open.sendText(text, done);
            }
        }
    }
}
