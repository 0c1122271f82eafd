package dev.statuswire.aws.template;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where on this machine the hosts are that a template names. Calls to services of AWS go through a
 * recorder.
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

    /** From now on {@code host} is there. */
    void add(String host, URI there) {
        hosts.put(host, there);
    }

    /** From now on {@code host}, which only functions call, is there. */
    void addService(String host, URI there) {
        services.put(host, there);
    }

    /** From now on every caller's database is there. */
    void useDatabase(URI there) {
        dynamoDb = there;
        recorder.redirect("dynamodb", there);
    }

    URI dynamoDb(String caller) {
        return recorder.address(caller, "dynamodb", dynamoDb);
    }

    /** From now on SQS is there. */
    void addQueues(URI there) {
        queues = there;
    }

    /** SQS, if there is a queue that a function consumes. */
    Optional<URI> sqs(String caller) {
        return Optional.ofNullable(queues).map(there -> recorder.address(caller, "sqs", there));
    }

    URI lambda(String caller, URI api) {
        return recorder.address(caller, "lambda", api);
    }

    /** A text in which the addresses of hosts that are on this machine are those here. */
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
