package dev.statuswire.api.submit;

import dev.statuswire.core.request.Request;

/** What became of what a client submitted. */
sealed interface Accepted {

    /** It is stored. */
    record AsNew(Request request) implements Accepted {}

    /**
     * The same was submitted before.
     *
     * @param request as it is now
     */
    record Before(Request request) implements Accepted {}

    /** Its id stands for something else. */
    record AsAnother() implements Accepted {}
}
