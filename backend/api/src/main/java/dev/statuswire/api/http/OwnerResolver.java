package dev.statuswire.api.http;

import io.javalin.http.Context;

/** Whose call it is. Thread-safe. */
@FunctionalInterface
public interface OwnerResolver {

    /** Everybody is {@code local}: for one machine, where nobody has to say who they are. */
    OwnerResolver LOCAL = call -> "local";

    /** The owner of what {@code call} submits and sees; never empty. */
    String owner(Context call);
}
