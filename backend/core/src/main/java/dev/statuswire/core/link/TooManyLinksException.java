package dev.statuswire.core.link;

import dev.statuswire.core.request.RequestKey;

/** A request cannot have another link. */
public final class TooManyLinksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyLinksException(RequestKey request) {
        super("%s has %d links; revoke some".formatted(request, Links.MAX_LINKS));
    }
}
