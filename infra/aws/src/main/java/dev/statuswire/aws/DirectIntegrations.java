package dev.statuswire.aws;

import dev.statuswire.aws.door.DynamoDbIntegration;
import dev.statuswire.aws.door.IntegrationResponseMapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.apigateway.AwsIntegration;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.Method;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.MethodResponse;
import software.amazon.awscdk.services.apigateway.PassthroughBehavior;
import software.amazon.awscdk.services.apigateway.RequestValidator;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** Methods of the REST API that call DynamoDB without a function. Each has its own role. */
final class DirectIntegrations extends Construct {

    private final String tableArn;
    private final RequestValidator validator;

    DirectIntegrations(RestApiResources door, String tableArn) {
        super(door, "Direct");
        this.tableArn = tableArn;
        this.validator = door.validator();
    }

    Method add(
            IResource resource,
            String method,
            DynamoDbIntegration integration,
            MethodOptions.Builder options) {
        return resource.addMethod(
                method,
                AwsIntegration.Builder.create()
                        .service("dynamodb")
                        .action(integration.action())
                        .options(
                                IntegrationOptions.builder()
                                        .credentialsRole(role(integration.action()))
                                        .passthroughBehavior(PassthroughBehavior.NEVER)
                                        .requestTemplates(json(integration.requestTemplate()))
                                        .integrationResponses(
                                                integration.responses().stream()
                                                        .map(DirectIntegrations::response)
                                                        .toList())
                                        .build())
                        .build(),
                options.requestParameters(Map.of("method.request.path.id", true))
                        .requestValidator(validator)
                        .methodResponses(methodResponses(integration.responses()))
                        .build());
    }

    private Role role(String action) {
        return Role.Builder.create(this, action)
                .assumedBy(new ServicePrincipal("apigateway.amazonaws.com"))
                .inlinePolicies(
                        Map.of(
                                "Allowed",
                                PolicyDocument.Builder.create()
                                        .statements(
                                                List.of(AllowStatements.table(tableArn, action)))
                                        .build()))
                .build();
    }

    private static software.amazon.awscdk.services.apigateway.IntegrationResponse response(
            IntegrationResponseMapping response) {
        var builder =
                software.amazon.awscdk.services.apigateway.IntegrationResponse.builder()
                        .statusCode(String.valueOf(response.statusCode()))
                        .responseParameters(quoted(response.headers(), "method.response.header."))
                        .responseTemplates(json(response.template()));
        response.selectionPattern().ifPresent(builder::selectionPattern);
        return builder.build();
    }

    private static List<MethodResponse> methodResponses(
            List<IntegrationResponseMapping> responses) {
        return responses.stream()
                .map(
                        response ->
                                MethodResponse.builder()
                                        .statusCode(String.valueOf(response.statusCode()))
                                        .responseParameters(declared(response.headers()))
                                        .build())
                .toList();
    }

    private static Map<String, Boolean> declared(Map<String, String> headers) {
        return headers.keySet().stream()
                .collect(Collectors.toMap(name -> "method.response.header." + name, _ -> true));
    }

    /** Puts each value in single quotes, as API Gateway requires for literals. */
    static Map<String, String> quoted(Map<String, String> headers, String prefix) {
        return headers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                header -> prefix + header.getKey(),
                                header -> "'" + header.getValue() + "'"));
    }

    private static Map<String, String> json(String template) {
        return Map.of("application/json", template);
    }
}
