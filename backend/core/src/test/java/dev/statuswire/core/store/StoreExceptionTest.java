package dev.statuswire.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class StoreExceptionTest {

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException, false",
        "400, AccessDeniedException, false",
        "400, ItemCollectionSizeLimitExceededException, false",
        "400, SerializationException, false",
        "413, RequestTooLarge, false",
        "400, ThrottlingException, true",
        "400, ProvisionedThroughputExceededException, true",
        "400, RequestLimitExceeded, true",
        "400, ExpiredTokenException, true",
        "400, ResourceNotFoundException, true",
        "500, InternalServerError, true",
        "503, ServiceUnavailable, true",
    })
    void permanent_refusals_and_outages_are_distinguished(
            int status, String code, boolean retryable) {
        assertThat(failure(status, code, "m").isRetryable()).isEqualTo(retryable);
    }

    @Test
    void call_without_a_response_is_retryable() {
        assertThat(new StoreException("t", SdkClientException.create("timeout")).isRetryable())
                .isTrue();
        assertThat(new StoreException("t", new IOException("reset")).isRetryable()).isTrue();
    }

    @Test
    void refusal_of_a_too_large_item_is_recognized() {
        assertThat(
                        failure(
                                        400,
                                        "ValidationException",
                                        "Item size to update has exceeded the maximum allowed size")
                                .isTooLarge())
                .isTrue();
        assertThat(failure(400, "ValidationException", "null value").isTooLarge()).isFalse();
        assertThat(failure(500, "InternalServerError", "Item size").isTooLarge()).isFalse();
    }

    private static StoreException failure(int status, String code, String message) {
        return new StoreException(
                "claim",
                DynamoDbException.builder()
                        .statusCode(status)
                        .message(message)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage(message)
                                        .build())
                        .build());
    }
}
