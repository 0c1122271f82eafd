package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.contract.Difference;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.aws.template.CallRecorder;
import dev.statuswire.aws.template.Database;
import dev.statuswire.aws.template.RunningStack;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The REST API that a template makes, over new tables of a database in this process. */
public final class GatewayDoor implements Door {

    private final RequestStore store;
    private final InstantSource clock;
    private final Lazy api;
    private final RunningStack stack;
    private final String table;

    private GatewayDoor(Setup setup) {
        this.stack =
                new RunningStack(
                        setup.template(),
                        setup.assets(),
                        setup.code(),
                        setup.database(),
                        setup.clock());
        this.table = stack.table("TablesRequests");
        this.store =
                new DynamoDbRequestStore(Database.client(), table, ApiServer.Parts.TRANSITIONS);
        this.clock = setup.clock();
        this.api = new Lazy(() -> api(setup));
    }

    private ApiServer api(Setup setup) {
        return ApiServer.over(
                Database.client(),
                table,
                parts -> {
                    parts.owners(ApiClient::ownerOf);
                    parts.types = setup.types();
                });
    }

    /** A door to new tables. */
    public static GatewayDoor open() {
        return of(Setup.standard());
    }

    /** A door that is made of that. */
    public static GatewayDoor of(Setup setup) {
        return new GatewayDoor(setup);
    }

    /** Where its requests are kept. */
    public String table() {
        return table;
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
        return new ApiClient(stack.port(), GatewayDoor::promised);
    }

    /** A client of the API itself, over the same table. */
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
        return stack.calls().stream()
                .filter(it -> it.service().equals("dynamodb"))
                .map(CallRecorder.RecordedCall::action)
                .toList();
    }

    @Override
    public void close() {
        stack.close();
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
