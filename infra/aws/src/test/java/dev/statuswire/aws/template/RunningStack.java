package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stack that runs on this machine as its template says. First it answers calls of the REST API
 * only; {@link #start} adds streams, sockets and the page.
 */
public final class RunningStack implements AutoCloseable {

    private final CallRecorder recorder = new CallRecorder();
    private final Deployed deployed;
    private final RestApi rest;
    private final HttpDoor door;
    private final Path assets;
    private @Nullable StreamMappings mappings;
    private @Nullable QueueMappings queues;
    private @Nullable LiveApi live;
    private @Nullable Distribution distribution;

    /**
     * Deploys a template.
     *
     * @param assets the folder that it was synthesized to
     * @param code of the functions, with the request types
     * @param database of the integrations and functions
     * @param clock of the REST API
     * @throws RejectedTemplateException if CloudFormation or a service refuses it
     */
    public RunningStack(
            JsonNode template, Path assets, ClassLoader code, URI database, InstantSource clock) {
        this.assets = assets;
        var resolved = new Template(template, UUID.randomUUID().toString());
        var network = new Network(recorder, LocalIssuer.of(resolved), database);
        var policies = new Policies(resolved);
        this.deployed =
                new Deployed(
                        resolved,
                        network,
                        policies,
                        new Functions(resolved, policies, network, code));
        this.rest = new RestApi(deployed, clock);
        resolved.all("AWS::DynamoDB::Table").forEach(it -> Database.make(it, resolved.ref(it)));
        this.door = new HttpDoor(this::answer);
    }

    /** Deploys a template over the database of this process. */
    public static RunningStack of(JsonNode template, Path assets) {
        return new RunningStack(
                template,
                assets,
                RunningStack.class.getClassLoader(),
                Database.endpoint(),
                InstantSource.system());
    }

    /** The stage of the REST API; a call that names an owner is one with that owner's token. */
    private Reply answer(Call call) throws IOException, InterruptedException {
        Call sent = call.at("/" + rest.stage() + call.path());
        Optional<String> owner = call.header(TestLogin.HEADER);
        boolean isLoggedIn = call.header("Authorization").isPresent();
        return rest.answer(isLoggedIn ? sent : TestLogin.logIn(sent, owner, issuer()));
    }

    /**
     * Starts streams, sockets and the page.
     *
     * @throws RejectedTemplateException if a service refuses something of the template; the stack
     *     is closed then
     */
    public RunningStack start() {
        try {
            mappings = new StreamMappings(deployed);
            queues = new QueueMappings(deployed);
            live = new LiveApi(deployed);
            distribution = new Distribution(deployed, rest, live, assets);
        } catch (RejectedTemplateException refused) {
            close();
            throw refused;
        }
        queues.start();
        mappings.start();
        return this;
    }

    /** The port of the REST API's stage. */
    public int port() {
        return door.port();
    }

    /** Where the page is, without a slash at its end. */
    public URI page() {
        if (distribution == null) {
            throw new IllegalStateException("not started");
        }
        return distribution.uri();
    }

    /** Fires every schedule once. */
    public void fireSchedules() throws IOException, InterruptedException {
        new Schedules(deployed).fire();
    }

    /** Who gives the tokens. */
    public LocalIssuer issuer() {
        return deployed.network().issuer();
    }

    /** From now on integrations and functions call this database. */
    public void useDatabase(URI there) {
        deployed.network().useDatabase(there);
    }

    /** Forgets the calls until now. */
    public void forgetCalls() {
        recorder.forget();
    }

    /** Every call of a function or an integration to a service of AWS until now. */
    public List<CallRecorder.RecordedCall> calls() {
        return recorder.calls();
    }

    /** What it was deployed from. */
    Template template() {
        return deployed.template();
    }

    /** The physical name of the table whose logical id begins so. */
    public String table(String idPrefix) {
        return deployed.template().all("AWS::DynamoDB::Table").stream()
                .filter(it -> it.id().startsWith(idPrefix))
                .map(deployed.template()::ref)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        if (mappings != null) {
            mappings.close();
        }
        if (queues != null) {
            queues.close();
        }
        if (distribution != null) {
            distribution.close();
        }
        if (live != null) {
            live.close();
        }
        door.close();
        deployed.functions().close();
        recorder.close();
    }
}
