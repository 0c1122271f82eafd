package dev.statuswire.emulator.engine;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.embedded.DDBExceptionMappingInvocationHandler;

/**
 * Translates exceptions of DynamoDB Local inside this JVM to those that the SDK throws for the same
 * response over HTTP. DynamoDB Local's own translation sets the class and the HTTP status. However,
 * it sets no HTTP response in the details (which the SDK's {@code isThrottlingException} and other
 * methods read), does not give an expired iterator its type, and lets internal failures pass
 * through.
 */
final class ServiceErrors {

    private static final String SERVICE = "DynamoDb";
    private static final int INTERNAL = 500;

    private ServiceErrors() {}

    /** Returns the SDK's exception for {@code failure}, whatever {@code failure} is. */
    static SdkException toSdkException(Throwable failure) {
        if (failure instanceof DynamoDBLocalServiceException local
                && local.getErrorCode() != null) {
            return complete(typed(local), local);
        }
        return failure instanceof SdkException sdk ? sdk : internal(failure);
    }

    private static AwsServiceException typed(DynamoDBLocalServiceException local) {
        if (local.getErrorCode().equals("ExpiredIteratorException")) {
            return ExpiredIteratorException.builder().build();
        }
        try {
            DDBExceptionMappingInvocationHandler.handleDynamoDBLocalServiceException(local);
            return local;
        } catch (AwsServiceException e) {
            return e;
        } catch (Throwable e) {
            return internal(e);
        }
    }

    private static AwsServiceException complete(
            AwsServiceException typed, DynamoDBLocalServiceException local) {
        AwsErrorDetails details =
                AwsErrorDetails.builder()
                        .serviceName(SERVICE)
                        .errorCode(local.getErrorCode())
                        .errorMessage(local.getMessage())
                        .sdkHttpResponse(
                                SdkHttpResponse.builder().statusCode(local.statusCode()).build())
                        .build();
        return typed.toBuilder().awsErrorDetails(details).statusCode(local.statusCode()).build();
    }

    private static AwsServiceException internal(Throwable failure) {
        AwsErrorDetails details =
                AwsErrorDetails.builder()
                        .serviceName(SERVICE)
                        .errorCode("InternalServerError")
                        .errorMessage("DynamoDB Local failed: " + failure)
                        .sdkHttpResponse(SdkHttpResponse.builder().statusCode(INTERNAL).build())
                        .build();
        return InternalServerErrorException.builder()
                .awsErrorDetails(details)
                .statusCode(INTERNAL)
                .cause(failure)
                .build();
    }
}
