package dev.statuswire.api.request;

import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import java.util.Optional;

/** Which request a call is about, and what the caller may see and do. */
public interface RequestAccess {

    /** Returns who makes the call, for limits on calls that wait. */
    String caller();

    /** Returns the key of the request. */
    RequestKey key();

    /**
     * Returns the current request; empty if there is none. Reads it from {@code store}, unless the
     * check of the access has just read it.
     */
    Optional<Request> read(RequestStore store);

    /** Returns what creates the responses that the caller may see. */
    StatusResponses responses();

    /** Returns whether {@code found}, which has the key, is the request that the call is about. */
    boolean gives(Request found);

    /** Returns who changes the request by this call, for its history. */
    String actor();

    /**
     * Checks whether the caller may answer {@code step}.
     *
     * @throws ProblemException if not
     */
    void requireMayAnswer(String step);

    /**
     * Checks again that the caller has access, after the call has waited.
     *
     * @throws ProblemException if not
     */
    void renew();

    /** Returns the problem for a request that the caller cannot see. */
    ProblemException unknown();

    /** Returns the access of an owner, who may do everything with an own request. */
    static RequestAccess ofOwner(RequestKey key, StatusResponses responses) {
        return new OfOwner(key, responses);
    }

    /** The access of an owner. */
    record OfOwner(RequestKey key, StatusResponses responses) implements RequestAccess {

        @Override
        public String caller() {
            return key.owner();
        }

        @Override
        public Optional<Request> read(RequestStore store) {
            return store.find(key);
        }

        @Override
        public boolean gives(Request found) {
            return true;
        }

        @Override
        public String actor() {
            return HistoryEntry.OWNER;
        }

        @Override
        public void requireMayAnswer(String step) {
            // An owner may answer every step.
        }

        @Override
        public void renew() {
            // The token of the call was valid when the call arrived.
        }

        @Override
        public ProblemException unknown() {
            return CallerIdentity.unknown();
        }
    }
}
