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

/** A store whose writes fail on demand, before or after they are executed. */
public final class FaultyStore extends ForwardingStore {

    /** When a write fails: before or after it is executed. */
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

    /** Makes the next transition with that name fail. */
    public void failNext(String transition, Fault fault) {
        faults.put(transition, fault);
    }

    /** Runs another writer just before the next transition with that name. */
    public void raceNext(String transition, Runnable faster) {
        races.put(transition, faster);
    }

    /**
     * Makes the database permanently refuse the next transition with that name, with DynamoDB's
     * message.
     */
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
        return new StoreException(transition.name(), new IOException("injected failure"));
    }
}
