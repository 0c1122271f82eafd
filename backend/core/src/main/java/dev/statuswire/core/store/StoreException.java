package dev.statuswire.core.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The database did not do what it was asked, or did not answer. A write that ends so may have been
 * done, if the failure is {@linkplain #isRetryable retryable}: to know, read the item or send the
 * same write again.
 */
public sealed class StoreException extends RuntimeException permits UnreadableItemException {

    private static final long serialVersionUID = 1L;

    private static final int PAYLOAD_TOO_LARGE = 413;

    /**
     * What DynamoDB refuses for good, by error code. Everything else is taken to pass: no answer,
     * throttling, faults of the service, credentials that are being renewed.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
     *     handling with DynamoDB</a>
     */
    private static final Set<String> FOR_GOOD =
            Set.of(
                    "AccessDeniedException",
                    "ItemCollectionSizeLimitExceededException",
                    "SerializationException",
                    "ValidationException");

    private final boolean retryable;

    /**
     * @param tried what was tried, such as {@code claim of local/0199…}
     */
    public StoreException(String tried, Throwable cause) {
        this(tried, cause, !isForGood(cause));
    }

    StoreException(String tried, Throwable cause, boolean retryable) {
        super("the " + tried + " failed: " + cause.getMessage(), cause);
        this.retryable = retryable;
    }

    private static boolean isForGood(Throwable cause) {
        return cause instanceof AwsServiceException refused
                && (refused.statusCode() == PAYLOAD_TOO_LARGE || FOR_GOOD.contains(code(refused)));
    }

    private static String code(AwsServiceException refused) {
        @Nullable String code =
                refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /** Whether the same call may succeed later. If not, nothing was written. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Whether an item was refused for its size: 400 KB are the most that DynamoDB stores. */
    public boolean isTooLarge() {
        String message = String.valueOf(getCause() == null ? null : getCause().getMessage());
        return !retryable && message.contains("Item size");
    }
}
