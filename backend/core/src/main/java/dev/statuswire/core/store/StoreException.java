package dev.statuswire.core.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Thrown if the database refused or failed a call, or did not respond. If the failure is
 * {@linkplain #isRetryable retryable}, a write may have succeeded nevertheless. To find out, read
 * the item or send the same write again.
 */
public sealed class StoreException extends RuntimeException permits UnreadableItemException {

    private static final long serialVersionUID = 1L;

    private static final int PAYLOAD_TOO_LARGE = 413;

    /**
     * The error codes of calls that DynamoDB will always refuse. All other failures are treated as
     * transient: no response, throttling, errors of the service, credentials that are being
     * renewed.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
     *     handling with DynamoDB</a>
     */
    private static final Set<String> PERMANENT =
            Set.of(
                    "AccessDeniedException",
                    "ItemCollectionSizeLimitExceededException",
                    "SerializationException",
                    "ValidationException");

    private final boolean retryable;

    /**
     * Creates an exception for a failed call.
     *
     * @param operation the operation that failed, such as {@code claim of local/0199…}
     */
    public StoreException(String operation, Throwable cause) {
        this(operation, cause, !isPermanent(cause));
    }

    StoreException(String operation, Throwable cause, boolean retryable) {
        super("the " + operation + " failed: " + cause.getMessage(), cause);
        this.retryable = retryable;
    }

    private static boolean isPermanent(Throwable cause) {
        return cause instanceof AwsServiceException refused
                && (refused.statusCode() == PAYLOAD_TOO_LARGE || PERMANENT.contains(code(refused)));
    }

    private static String code(AwsServiceException refused) {
        @Nullable String code =
                refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /** Returns whether the same call may succeed later. If not, nothing was written. */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * Returns whether the write was refused because the item is larger than DynamoDB's maximum, 400
     * KB.
     */
    public boolean isTooLarge() {
        String message = String.valueOf(getCause() == null ? null : getCause().getMessage());
        return !retryable && message.contains("Item size");
    }
}
