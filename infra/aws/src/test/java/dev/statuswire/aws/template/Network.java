package dev.statuswire.aws.template;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps the hosts that a template names to addresses on this machine. Calls of AWS services go
 * through a recorder.
 */
final class Network {

    private final CallRecorder recorder;
    private final LocalIssuer issuer;
    private volatile URI dynamoDb;
    private final Map<String, URI> hosts = new ConcurrentHashMap<>();
    private final Map<String, URI> services = new ConcurrentHashMap<>();
    private volatile @Nullable URI queues;

    Network(CallRecorder recorder, LocalIssuer issuer, URI dynamoDb) {
        this.recorder = recorder;
        this.issuer = issuer;
        this.dynamoDb = dynamoDb;
        hosts.put(issuer.host(), issuer.base());
    }

    LocalIssuer issuer() {
        return issuer;
    }

    CallRecorder recorder() {
        return recorder;
    }

    /** Maps {@code host} to this address from now on. */
    void add(String host, URI there) {
        hosts.put(host, there);
    }

    /** Maps {@code host}, which only functions call, to this address from now on. */
    void addService(String host, URI there) {
        services.put(host, there);
    }

    /** Makes this the database of every caller from now on. */
    void useDatabase(URI there) {
        dynamoDb = there;
        recorder.redirect("dynamodb", there);
    }

    URI dynamoDb(String caller) {
        return recorder.address(caller, "dynamodb", dynamoDb);
    }

    /** Maps SQS to this address from now on. */
    void addQueues(URI there) {
        queues = there;
    }

    /** Returns the address of SQS, if there is a queue that a function consumes. */
    Optional<URI> sqs(String caller) {
        return Optional.ofNullable(queues).map(there -> recorder.address(caller, "sqs", there));
    }

    URI lambda(String caller, URI api) {
        return recorder.address(caller, "lambda", api);
    }

    /** Replaces the addresses of mapped hosts in a text by their local addresses. */
    String local(String text, @Nullable String caller) {
        String local = text;
        for (Map.Entry<String, URI> host : hosts.entrySet()) {
            String there = host.getValue().getAuthority();
            local =
                    local.replace("https://" + host.getKey(), "http://" + there)
                            .replace("wss://" + host.getKey(), "ws://" + there);
        }
        if (caller != null) {
            for (Map.Entry<String, URI> service : services.entrySet()) {
                local =
                        local.replace(
                                "https://" + service.getKey(),
                                recorder.address(caller, service.getKey(), service.getValue())
                                        .toString());
            }
        }
        return local;
    }
}
