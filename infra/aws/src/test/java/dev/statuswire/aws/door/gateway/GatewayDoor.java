package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.contract.Difference;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.Contract;
import dev.statuswire.aws.template.CallRecorder;
import dev.statuswire.aws.template.Database;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The REST API of a template, over tables of a database in this process. Each door starts without
 * requests; the stack behind it is reused for the next one.
 */
public final class GatewayDoor implements Door {

    private final GatewaySetup setup;
    private final SharedStack kept;
    private final RequestStore store;

    private GatewayDoor(GatewaySetup setup) {
        this.setup = setup;
        this.kept = SharedStack.of(setup);
        this.store =
                new DynamoDbRequestStore(
                        Database.client(), kept.table(), ApiServer.Parts.TRANSITIONS);
    }

    /** Opens a door to an empty table. */
    public static GatewayDoor open() {
        return of(GatewaySetup.standard());
    }

    /** Opens a door with this setup. */
    public static GatewayDoor of(GatewaySetup setup) {
        return new GatewayDoor(setup);
    }

    /** Returns the table with the door's requests. */
    public String table() {
        return kept.table();
    }

    /**
     * API Gateway also sends a media type with an empty body; the contract does not forbid that.
     */
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
        return new ApiClient(
                kept.running().port(),
                (method, path, answer) -> Contract.answer(method, path, promised(answer)));
    }

    /** Returns a client of the API itself, over the same table. */
    public ApiClient behind() {
        return kept.api(setup).client();
    }

    @Override
    public RequestStore store() {
        return store;
    }

    @Override
    public InstantSource clock() {
        return setup.clock();
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.values());
    }

    @Override
    public List<String> databaseCalls() {
        return kept.running().calls().stream()
                .filter(it -> it.service().equals("dynamodb"))
                .map(CallRecorder.RecordedCall::action)
                .toList();
    }

    /** Does nothing: the stack is reused. */
    @Override
    public void close() {}
}
