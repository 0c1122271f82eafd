package dev.statuswire.api.http;

import dev.statuswire.core.request.RequestKey;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.function.Predicate;

/** Which request a call is about: one of the caller's own, so that no other can even be named. */
public final class CallerRequests {

    private static final String OWNER = "statuswire.owner";

    private final OwnerResolver owners;

    public CallerRequests(OwnerResolver owners) {
        this.owners = owners;
    }

    /**
     * Finds out whose call it is, before anything else is done for it.
     *
     * @throws ProblemException where that cannot be told
     */
    public void identify(Context call) {
        call.attribute(OWNER, owners.owner(call));
    }

    /** Whose call it is, which was {@linkplain #identify found out} before. */
    public String owner(Context call) {
        return Objects.requireNonNull(call.<String>attribute(OWNER), "nobody was identified");
    }

    /**
     * The request that the path's {@code {id}} names.
     *
     * @throws ProblemException where it cannot be an id
     */
    public RequestKey key(Context call) {
        return key(call, RequestKey::isValidId);
    }

    /**
     * The request that the path's {@code {id}} is to name from now on.
     *
     * @throws ProblemException where no client may choose it
     */
    public RequestKey newKey(Context call) {
        return key(call, RequestKey::isClientId);
    }

    private RequestKey key(Context call, Predicate<String> isAllowed) {
        String id = call.pathParam("id");
        if (!isAllowed.test(id)) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "An id has 8 to 64 characters of A-Z a-z 0-9 _ and -, or is ~ and a UUIDv7.");
        }
        return new RequestKey(owner(call), id);
    }

    /** There is no such request, or it is somebody else's, which looks the same. */
    public static ProblemException unknown() {
        return ProblemKind.NOT_FOUND.because("You have no request of this id.");
    }
}
