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
 * Runs the stack of a template on this machine. Initially it only serves calls of the REST API;
 * {@link #start} adds streams, sockets and the page.
 */
public final class RunningStack implements AutoCloseable {

    private final CallRecorder recorder = new CallRecorder();
    private final StackDependencies deployed;
    private final RestApi rest;
    private final LoopbackHttpServer door;
    private final Path assets;
    private @Nullable StreamMappings mappings;
    private @Nullable QueueMappings queues;
    private @Nullable LiveApi live;
    private @Nullable Distribution distribution;

    /**
     * Deploys a template.
     *
     * @param assets the folder that it was synthesized to
     * @param code the code of the functions, with the request types
     * @param database the database of the integrations and functions
     * @param clock the clock of the REST API
     * @throws RejectedTemplateException if CloudFormation or a service would reject the template
     */
    public RunningStack(
            JsonNode template, Path assets, ClassLoader code, URI database, InstantSource clock) {
        this.assets = assets;
        var resolved = new Template(template, UUID.randomUUID().toString());
        var network = new Network(recorder, LocalIssuer.of(resolved), database);
        var policies = new Policies(resolved);
        this.deployed =
                new StackDependencies(
                        resolved,
                        network,
                        policies,
                        new Functions(resolved, policies, network, code));
        this.rest = new RestApi(deployed, clock);
        resolved.all("AWS::DynamoDB::Table").forEach(it -> Database.make(it, resolved.ref(it)));
        this.door = new LoopbackHttpServer(this::answer);
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

    /**
     * Responds to a call on the stage of the REST API; a call that names an owner gets a token of
     * that owner.
     */
    private Reply answer(Call call) throws IOException, InterruptedException {
        Call sent = call.at("/" + rest.stage() + call.path());
        Optional<String> owner = call.header(TestLogin.HEADER);
        boolean isLoggedIn = call.header("Authorization").isPresent();
        return rest.answer(isLoggedIn ? sent : TestLogin.logIn(sent, owner, issuer()));
    }

    /**
     * Starts streams, sockets and the page.
     *
     * @throws RejectedTemplateException if a service would reject a part of the template; the stack
     *     is then closed
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

    /** Returns the port of the REST API's stage. */
    public int port() {
        return door.port();
    }

    /** Returns the URL of the page, without a slash at the end. */
    public URI page() {
        if (distribution == null) {
            throw new IllegalStateException("not started");
        }
        return distribution.uri();
    }

    /** Runs every schedule once. */
    public void fireSchedules() throws IOException, InterruptedException {
        new Schedules(deployed).fire();
    }

    /** Returns the issuer of the tokens. */
    public LocalIssuer issuer() {
        return deployed.network().issuer();
    }

    /** Makes the integrations and functions call this database from now on. */
    public void useDatabase(URI there) {
        deployed.network().useDatabase(there);
    }

    /** Deletes the recorded calls. */
    public void forgetCalls() {
        recorder.forget();
    }

    /** Returns all calls of functions and integrations to AWS services. */
    public List<CallRecorder.RecordedCall> calls() {
        return recorder.calls();
    }

    /** Returns the template of the stack. */
    Template template() {
        return deployed.template();
    }

    /** Returns the physical name of the table whose logical id has this prefix. */
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
