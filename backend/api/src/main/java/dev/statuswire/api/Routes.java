package dev.statuswire.api;

import static dev.statuswire.api.http.Route.delete;
import static dev.statuswire.api.http.Route.get;
import static dev.statuswire.api.http.Route.post;
import static dev.statuswire.api.http.Route.put;

import dev.statuswire.api.catalog.Contracts;
import dev.statuswire.api.catalog.ListProblems;
import dev.statuswire.api.catalog.ListTypes;
import dev.statuswire.api.catalog.ReadActivity;
import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.http.Route;
import dev.statuswire.api.http.TimeOrderedIds;
import dev.statuswire.api.identity.DescribeLogin;
import dev.statuswire.api.limit.LoadShedding;
import dev.statuswire.api.limit.SubmissionLimits;
import dev.statuswire.api.limit.UnfinishedRequestLimit;
import dev.statuswire.api.link.LinkOptionsReader;
import dev.statuswire.api.link.ManageLinks;
import dev.statuswire.api.link.OpenLink;
import dev.statuswire.api.live.IssueTicket;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.api.operate.ReadHealth;
import dev.statuswire.api.request.AnswerRequest;
import dev.statuswire.api.request.CancelOrRetryRequest;
import dev.statuswire.api.request.DeleteRequest;
import dev.statuswire.api.request.ListOwnRequests;
import dev.statuswire.api.request.ReadStatus;
import dev.statuswire.api.request.RequestAccess;
import dev.statuswire.api.request.StatusResponses;
import dev.statuswire.api.request.SubmissionReader;
import dev.statuswire.api.request.SubmitRequest;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.sdk.Pace;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The routes of the API, with the handler of each call. */
final class Routes {

    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final CallerIdentity caller;
    private final SubmitRequest submit;
    private final ReadStatus status;
    private final ListOwnRequests requests;
    private final CancelOrRetryRequest change;
    private final AnswerRequest answer;
    private final DeleteRequest deletion;
    private final ManageLinks links;
    private final OpenLink link;
    private final StatusResponses responses;
    private final IssueTicket tickets;
    private final ListTypes types;
    private final ReadActivity activity;
    private final DescribeLogin identity;
    private final ReadHealth health;
    private final PrometheusMetrics metrics;
    private final ListProblems problems = new ListProblems();
    private final Contracts contracts = new Contracts();

    Routes(
            Persistence persistence,
            RequestTypes requestTypes,
            ApiDependencies dependencies,
            PrometheusMetrics metrics,
            ApiSettings settings,
            HostAndOrigin guard) {
        TimeAndRandomness time = dependencies.time();
        this.caller = new CallerIdentity(dependencies.identity().owners());
        var documents = new StatusDocuments(requestTypes);
        var schemas = new InputSchemas(requestTypes);
        schemas.requireValidExamples();
        this.responses = new StatusResponses(documents, time.clock(), settings.basePath());
        var load =
                new UnfinishedRequestLimit(
                        persistence.unfinished(),
                        settings.maxUnfinished(),
                        time.steady(),
                        Thread::startVirtualThread);
        var loadShedding =
                new LoadShedding(
                        persistence.store(),
                        type -> isQuick(requestTypes, type),
                        time.steady(),
                        Thread::startVirtualThread);
        this.submit =
                new SubmitRequest(
                        new SubmissionReader(schemas),
                        persistence.store(),
                        time.clock(),
                        new SubmissionLimits(load, loadShedding),
                        caller,
                        responses,
                        new TimeOrderedIds());
        this.status = new ReadStatus(persistence.store(), time, settings.maxWaiting());
        this.requests = new ListOwnRequests(persistence.store(), caller, documents);
        this.change =
                new CancelOrRetryRequest(
                        persistence.store(),
                        persistence.transitions(),
                        time.clock(),
                        load,
                        caller,
                        responses);
        this.answer =
                new AnswerRequest(
                        schemas, persistence.store(), persistence.transitions(), time.clock());
        this.deletion = new DeleteRequest(persistence.store(), caller);
        this.tickets =
                new IssueTicket(
                        dependencies.tickets(), caller, guard, settings.liveUrl(), time.steady());
        this.links =
                new ManageLinks(
                        persistence.store(),
                        persistence.links(),
                        new LinkOptionsReader(schemas, persistence.links()),
                        caller,
                        guard,
                        settings.publicUrl());
        this.link = new OpenLink(persistence.links(), responses, tickets, time.steady());
        this.types = new ListTypes(requestTypes, schemas);
        this.activity = new ReadActivity(dependencies.activity(), caller);
        this.identity = new DescribeLogin(dependencies.identity().issuer());
        this.health =
                new ReadHealth(
                        checks(persistence, dependencies),
                        persistence.unreadable()::count,
                        dependencies.typeErrors(),
                        HEALTH_LIMIT);
        this.metrics = metrics;
    }

    List<Route> all() {
        return Stream.concat(
                        ownerRoutes().stream().map(route -> route.after(caller::identify)),
                        publicRoutes().stream())
                .toList();
    }

    private List<Route> ownerRoutes() {
        return List.of(
                put("/requests/{id}", submit::put),
                post("/requests", submit::post),
                delete("/requests/{id}", deletion::handle),
                get("/requests", requests::handle),
                get("/status/{id}", call -> status.handle(call, own(call))),
                post("/requests/{id}/answer", call -> answer.handle(call, own(call))),
                post("/requests/{id}/cancel", change::cancel),
                post("/requests/{id}/retry", change::retry),
                post("/requests/{id}/links", links::create),
                get("/requests/{id}/links", links::list),
                delete("/requests/{id}/links/{linkId}", links::revoke),
                post("/live/tickets", tickets::handle),
                get("/users/{username}/activity", activity::handle));
    }

    private RequestAccess own(Context call) {
        return RequestAccess.ofOwner(caller.key(call), responses);
    }

    private List<Route> publicRoutes() {
        return List.of(
                get("/links/{secret}/status", call -> status.handle(call, link.access(call))),
                post("/links/{secret}/answer", call -> answer.handle(call, link.access(call))),
                post("/links/{secret}/tickets", link::issueTicket),
                get("/types", types::handle),
                get("/identity", identity::handle),
                get("/problems/{kind}", problems::handle),
                get("/openapi.yaml", contracts::openApi),
                get("/asyncapi.yaml", contracts::asyncApi),
                get("/health", health::handle),
                get("/metrics", metrics::handle));
    }

    /** Ends the waits of all calls that wait for a change, so that the server can stop. */
    void stop() {
        status.stop();
    }

    private static Map<String, HealthCheck> checks(
            Persistence persistence, ApiDependencies dependencies) {
        var checks = new HashMap<>(dependencies.health());
        checks.put("database", () -> isReachable(persistence));
        return checks;
    }

    private static boolean isQuick(RequestTypes types, String name) {
        return types.find(name).filter(type -> type.pace() == Pace.QUICK).isPresent();
    }

    /** Reads a request that does not exist, which is the cheapest possible check. */
    private static boolean isReachable(Persistence persistence) {
        persistence.store().find(new RequestKey("statuswire-health", "health-check"));
        return true;
    }
}
