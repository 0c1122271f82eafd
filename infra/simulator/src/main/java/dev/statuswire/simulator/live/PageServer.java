package dev.statuswire.simulator.live;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import java.util.Optional;

/** What a page calls. What is not answered, for whatever reason, is a {@link ServerError}. */
public interface PageServer {

    /** What the live handler answers on a route. */
    String live(String owner, String connectionId, String route);

    RequestPage list(ListQuery query);

    Optional<Request> status(RequestKey key);

    /** 503, 502, or no connection at all. */
    final class ServerError extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public ServerError(String how) {
            super(how, null, false, false);
        }
    }
}
