package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.Cursor;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.QueryParameters;
import dev.statuswire.api.http.ResponseSizeLimit;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Handles {@code GET /requests}: returns one page of the caller's requests, the newest first. */
public final class ListOwnRequests {

    private static final Set<String> PARAMETERS =
            Set.of("limit", "cursor", "status", "type", "tag");
    private static final int STANDARD_LIMIT = 50;

    /** DynamoDB's {@code IN} accepts 100 values; 20 are enough. */
    private static final int MAX_VALUES = 20;

    /** Requests may have types that are no longer deployed, so every valid name is accepted. */
    private static final Pattern TAG = Pattern.compile(SubmissionOptions.TAG_PATTERN);

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** Newest first; at equal times, the highest id first. Requests without a time come last. */
    private static final Comparator<Request> BY_AGE =
            Comparator.comparing(
                            Request::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(request -> request.key().id())
                    .reversed();

    private final RequestStore store;
    private final CallerIdentity caller;
    private final StatusDocuments documents;

    public ListOwnRequests(RequestStore store, CallerIdentity caller, StatusDocuments documents) {
        this.store = store;
        this.caller = caller;
        this.documents = documents;
    }

    /** Handles the call. */
    public void handle(Context call) {
        ResponseWriter.json(call, 200, document(store.list(query(call))));
    }

    private ListQuery query(Context call) {
        var parameters = QueryParameters.of(call.queryString(), PARAMETERS);
        return new ListQuery(
                caller.owner(call),
                new HashSet<>(parameters.list("status", ListOwnRequests::status)),
                values(parameters, "type", TYPE),
                values(parameters, "tag", TAG),
                parameters.limit(STANDARD_LIMIT, ListQuery.MAX_LIMIT),
                parameters.value("cursor", Cursor::lastId));
    }

    private static Set<String> values(QueryParameters parameters, String name, Pattern valid) {
        List<String> values = parameters.list(name, text -> matching(valid, text));
        if (values.size() > MAX_VALUES) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "The query parameter %s has at most %d values.".formatted(name, MAX_VALUES));
        }
        return new HashSet<>(values);
    }

    private static String matching(Pattern valid, String text) {
        if (!valid.matcher(text).matches()) {
            throw new IllegalArgumentException("it does not match " + valid);
        }
        return text;
    }

    private static Status status(String text) {
        if (Status.of(text) == Status.UNKNOWN) {
            throw new IllegalArgumentException("not a status");
        }
        return Status.valueOf(text);
    }

    private ObjectNode document(RequestPage page) {
        var newestFirst = new TreeMap<Request, ObjectNode>(BY_AGE);
        var size = new ResponseSizeLimit();
        Optional<String> next = page.next();
        Optional<String> last = Optional.empty();
        for (Request request : page.requests()) {
            ObjectNode shown = documents.of(request);
            if (!size.take(shown)) {
                next = last;
                break;
            }
            newestFirst.put(request, shown);
            last = Optional.of(request.key().id());
        }
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putArray("requests").addAll(newestFirst.values());
        return document.put("next", next.map(Cursor::of).orElse(null));
    }
}
