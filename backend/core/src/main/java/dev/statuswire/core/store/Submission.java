package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;

/** What became of a submission. */
public sealed interface Submission {

    /** The request as it stands now. */
    Request request();

    /** It was stored. */
    record Accepted(Request request) implements Submission {}

    /** There is one of that id already, with whatever content. */
    record Exists(Request request) implements Submission {}
}
