package dev.statuswire.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
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
 * Jetty's WebSocket and nothing else: takes whoever connects, and for each line {@code <times>
 * <file>} on its standard input sends the file's text to all of them so often, as fast as they take
 * it. One frame is on its way to each at a time, as Jetty wants it.
 */
public final class BareSocketServer {

    private static final Set<Peer> PEERS = ConcurrentHashMap.newKeySet();

    private BareSocketServer() {}

    /** Runs until its standard input ends. */
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
        obey();
        server.stop();
    }

    private static void obey() throws IOException, InterruptedException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command = commands.readLine();
        while (command != null) {
            String[] words = command.split(" ", 2);
            String text = Files.readString(Path.of(words[1]));
            for (int time = 0; time < Integer.parseInt(words[0]); time++) {
                for (Peer peer : PEERS) {
                    peer.send(text);
                }
            }
            System.out.println("sent " + PEERS.size());
            command = commands.readLine();
        }
    }

    /** One connection. Public since Jetty looks for its methods. */
    public static final class Peer implements Session.Listener {

        private final Semaphore free = new Semaphore(0);
        private volatile @Nullable Session session;

        private Peer() {}

        @Override
        public void onWebSocketOpen(Session opened) {
            opened.setIdleTimeout(Duration.ZERO);
            session = opened;
            PEERS.add(this);
            free.release();
            opened.demand();
        }

        @Override
        public void onWebSocketText(String message) {
            demand();
        }

        @Override
        public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
            PEERS.remove(this);
            free.release(1_000_000);
            callback.succeed();
        }

        private void send(String text) throws InterruptedException {
            Session open = session;
            if (open == null) {
                return;
            }
            free.acquire();
            open.sendText(text, Callback.from(free::release, failed -> free.release()));
        }

        private void demand() {
            Session open = session;
            if (open != null) {
                open.demand();
            }
        }
    }
}
