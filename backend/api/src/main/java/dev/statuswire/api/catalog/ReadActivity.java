package dev.statuswire.api.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.Answers;
import dev.statuswire.api.http.Caller;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.core.json.Json;
import io.javalin.http.Context;

/**
 * {@code GET /users/{username}/activity}. Nobody is told whether there is such a user, or whose it
 * is.
 */
public final class ReadActivity {

    private static final int MAX_LENGTH = 100;

    private final UserActivity activity;
    private final Caller caller;

    public ReadActivity(UserActivity activity, Caller caller) {
        this.activity = activity;
        this.caller = caller;
    }

    /** Handles the call. */
    public void handle(Context call) {
        String username = call.pathParam("username");
        if (username.isBlank() || username.length() > MAX_LENGTH) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "A username has 1 to " + MAX_LENGTH + " characters.");
        }
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putArray("activity").addAll(activity.of(username, caller.owner(call)));
        Answers.json(call, 200, document);
    }
}
