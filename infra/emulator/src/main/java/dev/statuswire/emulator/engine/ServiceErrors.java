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
 * From what DynamoDB Local throws inside its JVM to what the SDK throws for the same answer over
 * HTTP. DynamoDB Local's own translation gives the classes and the HTTP status, but no HTTP
 * response in the details (which the SDK's {@code isThrottlingException} and others read), leaves
 * an expired iterator untyped, and lets its own failures out.
 */
final class ServiceErrors {

    private static final String SERVICE = "DynamoDb";
    private static final int INTERNAL = 500;

    private ServiceErrors() {}

    /** Never returns an exception that is not the SDK's. */
    static SdkException asTheSdkThrows(Throwable failure) {
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
