package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * Returns the values of {@code Ref} and {@code Fn::GetAtt}, in the formats of the services.
 * Generated names are the logical ids.
 */
final class PhysicalNames {

    static final String REF = "";
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    private static final String SUFFIX = "amazonaws.com";

    private static final Map<String, String> PSEUDO =
            Map.of(
                    "AWS::Region",
                    REGION,
                    "AWS::AccountId",
                    ACCOUNT,
                    "AWS::Partition",
                    "aws",
                    "AWS::URLSuffix",
                    SUFFIX,
                    "AWS::StackName",
                    "statuswire-local",
                    "AWS::StackId",
                    arn("cloudformation", "stack/statuswire-local/1"));

    private final JsonNode template;
    private final String suffix;

    PhysicalNames(JsonNode template, String suffix) {
        this.template = template;
        this.suffix = suffix;
    }

    static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** Returns the host of an API of API Gateway. */
    static String executeApi(String apiId) {
        return apiId + ".execute-api." + REGION + "." + SUFFIX;
    }

    /**
     * @param attribute {@link #REF} for the value of {@code Ref}
     * @throws RejectedTemplateException if the template has no resource with this id
     */
    String attribute(String id, String attribute, Expressions expressions) {
        String pseudo = PSEUDO.get(id);
        if (pseudo != null) {
            return pseudo;
        }
        if (template.path("Parameters").has(id)) {
            return template.at("/Parameters/" + id + "/Default").asText();
        }
        JsonNode resource = template.path("Resources").path(id);
        if (resource.isMissingNode()) {
            throw new RejectedTemplateException(
                    "Template error: instance of Fn::GetAtt or Ref references undefined resource "
                            + id);
        }
        return attribute(id, resource, attribute, expressions);
    }

    private String attribute(
            String id, JsonNode resource, String attribute, Expressions expressions) {
        JsonNode properties = resource.path("Properties");
        String lower = id.toLowerCase(Locale.ROOT);
        return switch (resource.path("Type").asText() + "." + attribute) {
            case "AWS::DynamoDB::Table." -> id + "-" + suffix;
            case "AWS::DynamoDB::Table.Arn" -> arn("dynamodb", "table/" + id + "-" + suffix);
            case "AWS::DynamoDB::Table.StreamArn" ->
                    arn("dynamodb", "table/" + id + "-" + suffix + "/stream/2026-01-01T00:00:00");
            case "AWS::Lambda::Function.Arn" -> arn("lambda", "function:" + id);
            case "AWS::Lambda::Version." -> function(properties, expressions) + ":" + "1";
            case "AWS::Lambda::Version.Version" -> "1";
            case "AWS::Lambda::Alias." ->
                    function(properties, expressions) + ":" + properties.path("Name").asText();
            case "AWS::ApiGateway::RestApi.",
                    "AWS::ApiGatewayV2::Api.",
                    "AWS::S3::Bucket.",
                    "AWS::CloudFront::Distribution." ->
                    lower;
            case "AWS::ApiGateway::RestApi.RootResourceId" -> lower + "-root";
            case "AWS::ApiGateway::Stage.", "AWS::ApiGatewayV2::Stage." ->
                    properties.path("StageName").asText();
            case "AWS::CloudFront::Distribution.DomainName" -> lower + ".cloudfront.net";
            case "AWS::S3::Bucket.Arn" -> "arn:aws:s3:::" + lower;
            case "AWS::S3::Bucket.RegionalDomainName" -> lower + ".s3." + REGION + "." + SUFFIX;
            case "AWS::Cognito::UserPool." -> REGION + "_" + id;
            case "AWS::Cognito::UserPool.Arn" ->
                    arn("cognito-idp", "userpool/" + REGION + "_" + id);
            case "AWS::IAM::Role.Arn" -> "arn:aws:iam::" + ACCOUNT + ":role/" + id;
            case "AWS::Events::Rule.Arn" -> arn("events", "rule/" + id);
            case "AWS::SQS::Queue.Arn" -> arn("sqs", id);
            case "AWS::SQS::Queue." ->
                    "https://sqs." + REGION + "." + SUFFIX + "/" + ACCOUNT + "/" + id;
            default -> attribute.isEmpty() ? id : id + "." + attribute;
        };
    }

    private static String function(JsonNode properties, Expressions expressions) {
        return arn(
                "lambda",
                "function:" + expressions.resolve(properties.path("FunctionName")).asText());
    }
}
