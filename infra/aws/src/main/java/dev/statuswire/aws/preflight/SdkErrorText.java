package dev.statuswire.aws.preflight;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Formats the reason for a failed call as one line. */
final class SdkErrorText {

    private SdkErrorText() {}

    /** Returns the error code and message of the service, or the network error. */
    static String of(SdkException failed) {
        if (failed instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return oneLine(
                    refused.awsErrorDetails().errorCode()
                            + ": "
                            + refused.awsErrorDetails().errorMessage());
        }
        Throwable cause = failed.getCause();
        if (cause == null) {
            return oneLine(String.valueOf(failed.getMessage()));
        }
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return oneLine(cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
