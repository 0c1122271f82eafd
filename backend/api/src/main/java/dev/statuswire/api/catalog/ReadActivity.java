package dev.statuswire.api.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.Cursor;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.QueryParameters;
import dev.statuswire.api.http.ResponseSizeLimit;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.activity.ActivityEntry;
import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.activity.ActivityQuery;
import dev.statuswire.core.json.Json;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /users/{username}/activity}: returns the changes of a user. The response does not
 * reveal whether a user exists that belongs to another owner: its list is empty, as for an unknown
 * user.
 */
public final class ReadActivity {

    private static final int MAX_LENGTH = 100;

    private static final Set<String> PARAMETERS = Set.of("limit", "cursor");
    private static final int DEFAULT_LIMIT = 50;

    private final UserActivity activity;
    private final CallerIdentity caller;

    public ReadActivity(UserActivity activity, CallerIdentity caller) {
        this.activity = activity;
        this.caller = caller;
    }

    /** Handles the call. */
    public void handle(Context call) {
        String username = call.pathParam("username");
        if (username.isBlank() || username.codePointCount(0, username.length()) > MAX_LENGTH) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "A username has 1 to " + MAX_LENGTH + " characters.");
        }
        var parameters = QueryParameters.of(call.queryString(), PARAMETERS);
        var query =
                new ActivityQuery(
                        caller.owner(call),
                        parameters.limit(DEFAULT_LIMIT, ActivityQuery.MAX_LIMIT),
                        parameters.value("cursor", Cursor::lastId));
        ResponseWriter.json(call, 200, document(activity.of(username, query)));
    }

    private static ObjectNode document(ActivityPage page) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        var shown = document.putArray("activity");
        var size = new ResponseSizeLimit();
        Optional<String> next = page.next();
        Optional<String> last = Optional.empty();
        for (ActivityEntry entry : page.entries()) {
            if (!size.take(entry.shown())) {
                next = last;
                break;
            }
            shown.add(entry.shown());
            last = Optional.of(entry.sequence());
        }
        return document.put("next", next.map(Cursor::of).orElse(null));
    }
}
