package dev.statuswire.emulator.engine;

import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A client with so many calls at once at most. DynamoDB Local carries out one after the other
 * whoever calls, so what works in the background would keep waiting whoever waits in front, for as
 * many calls as it has under way; AWS has room for both.
 *
 * <p>Calls are in the order in which they came, but a thread's first one waits at an entrance for
 * as many as may be under way. So what was begun is finished before all that came meanwhile is
 * begun, which would otherwise stand in front of it.
 */
public final class BoundedClient extends InterceptedClient<DynamoDbClient> {

    private final Semaphore entrance;
    private final Semaphore places;
    private final ThreadLocal<Boolean> isKnown = ThreadLocal.withInitial(() -> false);

    private BoundedClient(DynamoDbClient target, int atOnce) {
        super(target);
        this.entrance = new Semaphore(atOnce, true);
        this.places = new Semaphore(atOnce, true);
    }

    /**
     * One in front of {@code target}.
     *
     * @param atOnce 1 or more
     */
    public static DynamoDbClient of(DynamoDbClient target, int atOnce) {
        return new BoundedClient(target, atOnce).as(DynamoDbClient.class);
    }

    @Override
    Object send(SdkRequest request, Operation operation) throws Throwable {
        if (isKnown.get()) {
            return within(places, operation);
        }
        isKnown.set(true);
        return within(entrance, () -> within(places, operation));
    }

    private static Object within(Semaphore turns, Operation operation) throws Throwable {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted: the call was not sent", e);
        }
        try {
            return operation.invoke();
        } finally {
            turns.release();
        }
    }
}
