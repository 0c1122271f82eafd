package dev.statuswire.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.dynamodb.services.exceptions.AWSExceptionFactory;
import software.amazon.dynamodb.services.exceptions.AmazonServiceExceptionType;

final class ServiceErrorsTest {

    @Test
    void an_expired_iterator_has_its_own_type() {
        SdkException error = translated(AmazonServiceExceptionType.EXPIRED_SHARD_ITERATOR);
        assertThat(error).isInstanceOf(ExpiredIteratorException.class);
        assertThat(((DynamoDbException) error).statusCode()).isEqualTo(400);
    }

    @Test
    void trimmed_data_has_its_own_type() {
        assertThat(translated(AmazonServiceExceptionType.TRIMMED_DATA_ACCESS_EXCEPTION))
                .isInstanceOf(TrimmedDataAccessException.class);
    }

    @Test
    void every_error_of_dynamodb_local_keeps_its_code_and_status() {
        for (AmazonServiceExceptionType type : AmazonServiceExceptionType.values()) {
            assertThat(type).satisfies(ServiceErrorsTest::assertKeepsCodeAndStatus);
        }
    }

    private static void assertKeepsCodeAndStatus(AmazonServiceExceptionType type) {
        SdkException error = translated(type);
        assertThat(error).isInstanceOf(DynamoDbException.class);
        assertThat(((DynamoDbException) error).awsErrorDetails().errorCode())
                .isEqualTo(type.getErrorCode());
        assertThat(((DynamoDbException) error).statusCode()).isEqualTo(type.getResponseStatus());
    }

    @Test
    void an_internal_failure_of_the_engine_is_an_internal_server_error() {
        SdkException error = ServiceErrors.toSdkException(new NullPointerException("within"));
        assertThat(error)
                .isInstanceOf(InternalServerErrorException.class)
                .hasMessageContaining("within");
        assertThat(((DynamoDbException) error).statusCode()).isEqualTo(500);
    }

    private static SdkException translated(AmazonServiceExceptionType type) {
        return ServiceErrors.toSdkException(AWSExceptionFactory.buildAWSException(type));
    }
}
