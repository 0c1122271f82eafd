package dev.statuswire.emulator.gateway;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee10.servlet.ServletCoreResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrameHandler;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrameHandlerFactory;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;

/**
 * Has Jetty make a socket of a request, as {@link JettyWebSocketServerContainer#upgrade} does, but
 * tells the socket nothing of the request or its answer. With these it would keep alive all that
 * Jetty, the servlets and Javalin hang on them, half of what an idle connection takes, for as long
 * as it lives. So its session knows no upgrade request.
 */
final class JettyUpgrade {

    private JettyUpgrade() {}

    /**
     * Answers the request; the socket opens once its handling is over. No extension is agreed to.
     *
     * @return false if it is no request for a socket: then nothing was answered
     * @throws IOException if the answer could not be sent
     */
    static boolean answer(
            HttpServletRequest request,
            HttpServletResponse response,
            SocketEndpoint endpoint,
            Optional<String> subprotocol)
            throws IOException {
        ServletContext context = request.getServletContext();
        JettyWebSocketFrameHandler socket = factory(context).newJettyFrameHandler(endpoint);
        WebSocketNegotiator negotiator =
                (_, answer, _) -> {
                    answer.setExtensions(List.of());
                    subprotocol.ifPresent(answer::setAcceptedSubProtocol);
                    return socket;
                };
        Request asked = ServletCoreRequest.wrap(request);
        Response answer = ServletCoreResponse.wrap(asked, response, false);
        try (Blocker.Callback sent = Blocker.callback()) {
            boolean upgraded = mappings(context).upgrade(negotiator, asked, answer, sent, _ -> {});
            if (upgraded) {
                sent.block();
            }
            return upgraded;
        }
    }

    private static JettyWebSocketFrameHandlerFactory factory(ServletContext context) {
        return JettyWebSocketServerContainer.getContainer(context)
                .getBean(JettyWebSocketFrameHandlerFactory.class);
    }

    private static WebSocketMappings mappings(ServletContext context) {
        return WebSocketMappings.ensureMappings(
                ServletContextHandler.getServletContextHandler(context));
    }
}
