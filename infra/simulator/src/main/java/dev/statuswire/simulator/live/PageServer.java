package dev.statuswire.simulator.live;

import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import java.util.Optional;

/** The server as a page sees it. A call without a valid response throws a {@link ServerError}. */
public interface PageServer {

    /**
     * Returns the live handler's response on a route, to a connection with a ticket for a topic.
     */
    String live(Topic topic, String connectionId, String route);

    RequestPage list(ListQuery query);

    Optional<Request> status(RequestKey key);

    /** Returns the request that a link gives access to; empty if the link is not valid. */
    Optional<Links.Opened> open(LinkSecret secret);

    /** A 503 or 502, or no connection at all. */
    final class ServerError extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public ServerError(String how) {
            super(how, null, false, false);
        }
    }
}
