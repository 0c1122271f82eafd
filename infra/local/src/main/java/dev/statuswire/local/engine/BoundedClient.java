package dev.statuswire.local.engine;

import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A client with so many calls at once at most, in the order in which they came. DynamoDB Local
 * carries out one after the other whoever calls, so what works in the background would keep waiting
 * whoever waits in front, for as many calls as it has under way; AWS has room for both.
 */
public final class BoundedClient extends InterceptedClient<DynamoDbClient> {

    private final Semaphore places;

    private BoundedClient(DynamoDbClient target, int atOnce) {
        super(target);
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
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted: the call was not sent", e);
        }
        try {
            return operation.invoke();
        } finally {
            places.release();
        }
    }
}
