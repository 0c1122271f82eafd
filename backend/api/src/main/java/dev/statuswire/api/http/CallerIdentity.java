package dev.statuswire.api.http;

import dev.statuswire.core.request.RequestKey;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Determines the owner of a call, and the request that its path names. The key of the request
 * contains the owner, so a call cannot address another owner's request.
 */
public final class CallerIdentity {

    private static final String OWNER = "statuswire.owner";

    private final OwnerResolver owners;

    public CallerIdentity(OwnerResolver owners) {
        this.owners = owners;
    }

    /**
     * Determines the owner of {@code call}. Runs before the handler of the call.
     *
     * @throws ProblemException if the owner cannot be determined
     */
    public void identify(Context call) {
        call.attribute(OWNER, owners.owner(call));
    }

    /** Returns the owner of {@code call}, which {@link #identify} has determined. */
    public String owner(Context call) {
        return Objects.requireNonNull(call.<String>attribute(OWNER), "identify() was not called");
    }

    /**
     * Returns the key of the request that the path's {@code {id}} names.
     *
     * @throws ProblemException if the path contains no valid id
     */
    public RequestKey key(Context call) {
        return key(call, RequestKey::isValidId);
    }

    /**
     * Returns the key of a new request, whose id the client has chosen in the path.
     *
     * @throws ProblemException if a client may not choose this id
     */
    public RequestKey newKey(Context call) {
        return key(call, RequestKey::isClientId);
    }

    private RequestKey key(Context call, Predicate<String> isAllowed) {
        String id = call.pathParam("id");
        if (!isAllowed.test(id)) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "An id has 8 to 64 characters of A-Z, a-z, 0-9, _ and -, or is ~ followed by a"
                            + " UUIDv7.");
        }
        return new RequestKey(owner(call), id);
    }

    /**
     * Returns the problem for a request that does not exist or belongs to another owner. The client
     * cannot tell the two apart.
     */
    public static ProblemException unknown() {
        return ProblemKind.NOT_FOUND.because("You have no request with this id.");
    }
}
