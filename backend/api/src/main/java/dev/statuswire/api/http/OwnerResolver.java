package dev.statuswire.api.http;

import io.javalin.http.Context;

/** Determines the owner of a call. Implementations are thread-safe. */
@FunctionalInterface
public interface OwnerResolver {

    /** Treats every caller as the owner {@code local}: for one machine without a login. */
    OwnerResolver LOCAL = call -> "local";

    /** Returns the owner of the requests that {@code call} submits and reads; never empty. */
    String owner(Context call);
}
