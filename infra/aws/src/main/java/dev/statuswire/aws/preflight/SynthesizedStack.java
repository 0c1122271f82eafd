package dev.statuswire.aws.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The output of the CDK: the name and template of the stack, and its requirements for the account.
 *
 * @param bootstrapParameter the SSM parameter with the version of the bootstrap stack
 * @param bootstrapVersion the lowest version that can deploy the stack
 */
record SynthesizedStack(
        String stackName, JsonNode template, String bootstrapParameter, int bootstrapVersion) {

    private static final String STACK = "aws:cloudformation:stack";

    /** The certificate with which CloudFront serves the domains. */
    record Certificate(String arn, List<String> domains) {}

    /**
     * Reads the assembly in {@code folder}.
     *
     * @throws IOException if the files cannot be read
     * @throws IllegalArgumentException if they are not an assembly with one stack
     */
    static SynthesizedStack in(Path folder) throws IOException {
        var stacks =
                read(folder.resolve("manifest.json"))
                        .path("artifacts")
                        .propertyStream()
                        .filter(artifact -> artifact.getValue().path("type").asText().equals(STACK))
                        .toList();
        if (stacks.size() != 1) {
            throw new IllegalArgumentException(folder + " has " + stacks.size() + " stacks, not 1");
        }
        JsonNode properties = stacks.getFirst().getValue().path("properties");
        return new SynthesizedStack(
                properties.path("stackName").asText(stacks.getFirst().getKey()),
                read(folder.resolve(properties.path("templateFile").asText())),
                properties.path("bootstrapStackVersionSsmParameter").asText(),
                properties.path("requiresBootstrapStackVersion").asInt());
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.parse(Files.readString(file))
                .orElseThrow(() -> new IllegalArgumentException(file + " is not JSON"));
    }

    /** Returns how many concurrent invocations the functions of the stack reserve. */
    int reservedConcurrency() {
        return reservedConcurrency(template);
    }

    /** Returns how many concurrent invocations the functions of {@code template} reserve. */
    static int reservedConcurrency(JsonNode template) {
        return resources(template, "AWS::Lambda::Function")
                .mapToInt(
                        function -> function.at("/Properties/ReservedConcurrentExecutions").asInt())
                .sum();
    }

    /** Returns the certificate of the domain; empty if the host is CloudFront's own. */
    Optional<Certificate> certificate() {
        return resources(template, "AWS::CloudFront::Distribution")
                .map(distribution -> distribution.at("/Properties/DistributionConfig"))
                .filter(config -> config.at("/ViewerCertificate/AcmCertificateArn").isTextual())
                .map(
                        config ->
                                new Certificate(
                                        config.at("/ViewerCertificate/AcmCertificateArn").asText(),
                                        config.path("Aliases")
                                                .valueStream()
                                                .map(JsonNode::asText)
                                                .toList()))
                .findFirst();
    }

    /** Returns the ARNs of the topics that the alarms notify. */
    List<String> alarmTopics() {
        return resources(template, "AWS::CloudWatch::Alarm")
                .flatMap(alarm -> alarm.at("/Properties/AlarmActions").valueStream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .distinct()
                .toList();
    }

    /**
     * Returns the resources that are retained when the stack is deleted, such as {@code 4
     * AWS::DynamoDB::Table}.
     */
    String retained() {
        Map<String, Long> byType =
                resources(template)
                        .filter(it -> it.path("DeletionPolicy").asText().startsWith("Retain"))
                        .collect(
                                Collectors.groupingBy(
                                        it -> it.path("Type").asText(),
                                        TreeMap::new,
                                        Collectors.counting()));
        return byType.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Stream<JsonNode> resources(JsonNode template, String type) {
        return resources(template).filter(it -> it.path("Type").asText().equals(type));
    }

    private static Stream<JsonNode> resources(JsonNode template) {
        return template.path("Resources").valueStream();
    }
}
