package dev.statuswire.aws;

import java.util.List;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.constructs.Construct;

/** Functions that CloudFront runs for each call of a viewer, before it looks into its cache. */
final class ViewerFunction {

    private ViewerFunction() {}

    /**
     * Creates a function.
     *
     * @param purpose for the comment, such as {@code serves the page of a link}
     * @param change a statement that changes {@code request}; it may use {@code event}
     */
    static List<FunctionAssociation> create(
            Construct scope, String id, String purpose, String change) {
        Function function =
                Function.Builder.create(scope, id)
                        .comment("Statuswire: " + purpose)
                        .runtime(FunctionRuntime.JS_2_0)
                        .code(
                                FunctionCode.fromInline(
                                        """
                                        function handler(event) {
                                          const request = event.request;
                                          %s
                                          return request;
                                        }
                                        """
                                                .formatted(change)))
                        .build();
        return List.of(
                FunctionAssociation.builder()
                        .eventType(FunctionEventType.VIEWER_REQUEST)
                        .function(function)
                        .build());
    }
}
