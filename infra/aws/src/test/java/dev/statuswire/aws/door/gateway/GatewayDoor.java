package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.contract.Difference;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.aws.door.FrontDoor;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The front door on AWS, and the API for what is not its own. */
public final class GatewayDoor implements Door {

    private final RequestStore store;
    private final InstantSource clock;
    private final Lazy api;
    private final RestApi gateway;

    private GatewayDoor(Setup setup) {
        this.store =
                new DynamoDbRequestStore(
                        setup.dynamoDb().client(), setup.table(), ApiServer.Parts.TRANSITIONS);
        this.clock = setup.clock();
        this.api = new Lazy(() -> api(setup));
        this.gateway =
                new RestApi(
                        FrontDoor.of(
                                setup.types(),
                                ApiServer.Parts.TRANSITIONS.timing(),
                                setup.table(),
                                setup.owner()),
                        setup.engine(),
                        new Backend(
                                setup.database(),
                                () -> URI.create("http://127.0.0.1:" + api.get().port())),
                        setup.authorizer(),
                        clock);
    }

    private static ApiServer api(Setup setup) {
        return ApiServer.over(
                setup.dynamoDb().client(),
                setup.table(),
                parts -> {
                    parts.owners(ApiClient::ownerOf);
                    parts.types = setup.types();
                });
    }

    /** A door to a new table. */
    public static GatewayDoor of(DynamoDbHttp dynamoDb) {
        return of(Setup.of(dynamoDb));
    }

    /** A door that is made of that. */
    public static GatewayDoor of(Setup setup) {
        return new GatewayDoor(setup);
    }

    /** API Gateway says a media type of nothing, too; that is not held against the contract. */
    private static Answer promised(Answer answer) {
        return answer.status() == 304
                ? new Answer(
                        304,
                        HttpHeaders.of(
                                answer.headers().map(),
                                (name, value) -> !name.equalsIgnoreCase("Content-Type")),
                        answer.body())
                : answer;
    }

    @Override
    public ApiClient client() {
        return new ApiClient(gateway.port(), GatewayDoor::promised);
    }

    /** A client of the API behind it. */
    public ApiClient behind() {
        return api.get().client();
    }

    @Override
    public RequestStore store() {
        return store;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.values());
    }

    @Override
    public List<String> databaseCalls() {
        return gateway.databaseCalls();
    }

    @Override
    public void close() {
        gateway.close();
        api.close();
    }

    /** Most tests ask for nothing that is the API's. */
    private static final class Lazy {

        private final Supplier<ApiServer> start;
        private @Nullable ApiServer started;

        Lazy(Supplier<ApiServer> start) {
            this.start = start;
        }

        synchronized ApiServer get() {
            if (started == null) {
                started = start.get();
            }
            return started;
        }

        synchronized void close() {
            if (started != null) {
                started.close();
            }
        }
    }
}
