package dev.statuswire.processor.work;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.ForwardingStore;
import dev.statuswire.core.transition.Transition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** A store that fails when it is told to, before or after it has done what it was asked. */
public final class FaultyStore extends ForwardingStore {

    /** When a write is answered with a failure. */
    public enum Fault {
        BEFORE,
        AFTER
    }

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, Runnable> races = new ConcurrentHashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    public FaultyStore(RequestStore store) {
        super(store);
    }

    /** The next transition of that name fails. */
    public void failNext(String transition, Fault fault) {
        faults.put(transition, fault);
    }

    /** Another writer is faster than the next transition of that name. */
    public void raceNext(String transition, Runnable faster) {
        races.put(transition, faster);
    }

    /** The next transition of that name is refused for good, as DynamoDB says in these words. */
    public void refuseNext(String transition, String message) {
        refusals.put(transition, message);
    }

    private static StoreException refusal(Transition transition, String message) {
        return new StoreException(
                transition.name(),
                DynamoDbException.builder()
                        .statusCode(400)
                        .message(message)
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode("ValidationException").build())
                        .build());
    }

    @Override
    public WriteOutcome apply(RequestKey key, Transition transition) {
        String refused = refusals.remove(transition.name());
        if (refused != null) {
            throw refusal(transition, refused);
        }
        Optional.ofNullable(races.remove(transition.name())).ifPresent(Runnable::run);
        Fault fault = faults.remove(transition.name());
        if (fault == Fault.BEFORE) {
            throw failure(transition);
        }
        WriteOutcome outcome = super.apply(key, transition);
        if (fault == Fault.AFTER) {
            throw failure(transition);
        }
        return outcome;
    }

    private static StoreException failure(Transition transition) {
        return new StoreException(transition.name(), new IOException("made to fail"));
    }
}
