package dev.statuswire.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.type.RequestTypes;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.ServerlessChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/**
 * The stack, synthesized once per run for all tests; offline, and with placeholders of a few bytes
 * for the build outputs of other modules, because templates do not depend on their contents.
 *
 * @param findings of cdk-nag
 */
public record Synthesized(Path file, JsonNode template, List<String> findings) {

    private static final String VALIDATE = "@aws-cdk/core:validateAgainstDefaultRules";
    private static final Path OUT = Path.of("target", "cdk.test");
    private static final Map<String, Synthesized> MADE = new HashMap<>();

    /** Returns a trial stack with a user pool. */
    static Synthesized withCognito() {
        return made("dev", () -> make(Map.of()));
    }

    private static final Map<String, String> OWN_ISSUER =
            Map.ofEntries(
                    Map.entry("STATUSWIRE_STAGE", "prod"),
                    Map.entry("STATUSWIRE_OIDC_ISSUER", "https://id.example.com/realms/a"),
                    Map.entry("STATUSWIRE_OIDC_AUDIENCE", "statuswire"),
                    Map.entry("STATUSWIRE_OIDC_AT_JWT_ONLY", "true"),
                    Map.entry("STATUSWIRE_FIREWALL", "true"),
                    Map.entry("STATUSWIRE_DOMAIN", "status.example.com"),
                    Map.entry(
                            "STATUSWIRE_CERTIFICATE",
                            "arn:aws:acm:us-east-1:123456789012:certificate/x"),
                    Map.entry(
                            "STATUSWIRE_ALLOWED_ORIGINS",
                            "https://shop.example.com,https://a.example.org"),
                    Map.entry(
                            "STATUSWIRE_ALARM_TOPIC", "arn:aws:sns:eu-west-1:123456789012:alarms"),
                    Map.entry("STATUSWIRE_WORKERS", "7"),
                    Map.entry("STATUSWIRE_BUDGET", "100"),
                    Map.entry("STATUSWIRE_RETENTION_DAYS", "30"));

    /**
     * Returns a stack with your own issuer and domain, with protection against deletion, a
     * firewall, and a topic for alarms.
     */
    static Synthesized withOwnIssuer() {
        return made("prod", () -> make(OWN_ISSUER));
    }

    /**
     * Returns the stack with a user pool for other request types, without findings.
     *
     * @param name of the folder that it is written to
     */
    public static Synthesized of(String name, RequestTypes types) {
        return made(name, () -> make(name, Map.of(), types, _ -> {}));
    }

    /** Returns the shipped stack with a user pool. */
    public static Synthesized shipped() {
        return withCognito();
    }

    /** Returns the stack with your own issuer and domain. */
    public static Synthesized ownIssuer() {
        return withOwnIssuer();
    }

    /** Returns the stack on API Gateway's own host, with a user pool. */
    static Synthesized withoutCloudFront() {
        return made(
                "trial",
                () ->
                        make(
                                Map.of(
                                        "STATUSWIRE_STAGE", "trial",
                                        "STATUSWIRE_CLOUDFRONT", "false")));
    }

    static Stream<Synthesized> both() {
        return Stream.of(withCognito(), withOwnIssuer());
    }

    static Stream<Synthesized> all() {
        return Stream.concat(both(), Stream.of(withoutCloudFront()));
    }

    private static synchronized Synthesized made(String key, Supplier<Synthesized> make) {
        Synthesized there = MADE.get(key);
        if (there == null) {
            there = make.get();
            MADE.put(key, there);
        }
        return there;
    }

    private static Synthesized make(Map<String, String> environment) {
        return make(
                environment.getOrDefault("STATUSWIRE_STAGE", "dev"),
                environment,
                RequestTypes.load(),
                Synthesized::addChecks);
    }

    /**
     * Adds cdk-nag, and in {@code ./test --long} the CDK's own validation of templates, whose
     * errors then fail the synthesis.
     */
    private static void addChecks(App app) {
        if (Scale.LONG) {
            app.getNode().setContext(VALIDATE, true);
        }
        Aspects.of(app)
                .add(AwsSolutionsChecks.Builder.create().verbose(true).reports(false).build());
        Aspects.of(app).add(ServerlessChecks.Builder.create().verbose(true).reports(false).build());
    }

    private static Synthesized make(
            String name, Map<String, String> environment, RequestTypes types, Consumer<App> more) {
        DeployOptions options = DeployOptions.from(new Environment(environment));
        Path folder = OUT.resolve(name);
        App app = Main.app(folder);
        more.accept(app);
        new StatuswireStack(
                app, options, new Artifacts(StandIns.in(OUT.resolve("artifacts"))), types);
        app.synth();
        Path file = folder.resolve(options.stackName() + ".template.json");
        return new Synthesized(
                file, read(file), findings(folder.resolve(options.stackName() + ".metadata.json")));
    }

    /** Returns errors and warnings as the command line tool would print them. */
    private static List<String> findings(Path metadata) {
        if (!Files.exists(metadata)) {
            return List.of();
        }
        var findings = new ArrayList<String>();
        read(metadata)
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .forEach(
                                                entry -> {
                                                    String type = entry.path("type").asText();
                                                    if (type.equals("aws:cdk:error")
                                                            || type.equals("aws:cdk:warning")) {
                                                        findings.add(
                                                                path.getKey()
                                                                        + ": "
                                                                        + entry.path("data")
                                                                                .asText());
                                                    }
                                                }));
        return findings;
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parse(Files.readString(file)).orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the folder with the template and its assets. */
    public Path folder() {
        return Objects.requireNonNull(file.getParent());
    }

    /** Returns the CDK's manifest of the stack. */
    JsonNode manifest() {
        String name = file.getFileName().toString().replace(".template.json", "");
        return read(file.resolveSibling("manifest.json"))
                .path("artifacts")
                .path(name)
                .path("properties");
    }

    /** Returns the resources of a type, by their logical ids. */
    Map<String, JsonNode> resources(String type) {
        var found = new HashMap<String, JsonNode>();
        template.path("Resources")
                .properties()
                .forEach(
                        entry -> {
                            if (entry.getValue().path("Type").asText().equals(type)) {
                                found.put(entry.getKey(), entry.getValue());
                            }
                        });
        return found;
    }

    /** Returns the types of all resources. */
    Set<String> types() {
        return template.path("Resources")
                .valueStream()
                .map(it -> it.path("Type").asText())
                .collect(Collectors.toSet());
    }

    /** Returns the properties of the resources of a type. */
    List<JsonNode> properties(String type) {
        return resources(type).values().stream().map(it -> it.path("Properties")).toList();
    }

    /** Returns the properties of the only resource of a type whose logical id has this prefix. */
    JsonNode one(String type, String idPrefix) {
        List<JsonNode> found =
                resources(type).entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(idPrefix))
                        .map(entry -> entry.getValue().path("Properties"))
                        .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " of " + type + " have the prefix " + idPrefix + ", not one");
        }
        return found.getFirst();
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
