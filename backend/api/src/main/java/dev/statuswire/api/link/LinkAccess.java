package dev.statuswire.api.link;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.request.RequestAccess;
import dev.statuswire.api.request.StatusResponses;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkScope;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import java.util.Optional;

/**
 * What a link allows.
 *
 * @param opened the link, and its request as it was just read
 * @param check throws a {@link ProblemException} if the link is not valid any more
 */
record LinkAccess(Links.Opened opened, StatusResponses responses, Runnable check)
        implements RequestAccess {

    private Link link() {
        return opened.link();
    }

    @Override
    public String caller() {
        return "links of " + link().request().owner();
    }

    @Override
    public RequestKey key() {
        return link().request();
    }

    @Override
    public Optional<Request> read(RequestStore store) {
        return Optional.of(opened.request());
    }

    @Override
    public boolean gives(Request found) {
        return link().gives(found);
    }

    @Override
    public String actor() {
        return HistoryEntry.LINK;
    }

    @Override
    public void requireMayAnswer(String step) {
        if (!link().options().allowsAnswer(step)) {
            throw ProblemKind.LINK_SCOPE.because(
                    link().options().scope() == LinkScope.WATCH
                            ? "With this link, the request can only be watched."
                            : "With this link, only step %s can be answered."
                                    .formatted(link().options().step()));
        }
    }

    @Override
    public void renew() {
        check.run();
    }

    @Override
    public ProblemException unknown() {
        return unknownLink();
    }

    /**
     * Returns the problem for a link that is not valid. The client cannot tell whether it was
     * revoked, has expired, or has never existed.
     */
    static ProblemException unknownLink() {
        return ProblemKind.LINK_NOT_VALID.because("This link is not valid or is no longer valid.");
    }
}
