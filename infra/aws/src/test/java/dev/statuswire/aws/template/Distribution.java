package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emulates the CloudFront distribution of a template: the first behavior whose pattern matches a
 * path determines the origin. Does not cache or compress. Of the CloudFront functions, it supports
 * those that set another path, and those that add a header, which only AWS WAF reads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html">Cache
 *     behavior settings</a>
 */
final class Distribution implements AutoCloseable {

    private static final Pattern SETS_PATH = Pattern.compile("request\\.uri = '([^']+)';");

    private static final Reply REFUSED = Reply.of(403, Map.of(), "not allowed by CloudFront");

    private final StackDependencies deployed;
    private final RestApi rest;
    private final Path assets;
    private final Resource declared;
    private final JsonNode config;
    private final Javalin server;

    /**
     * Starts the distribution.
     *
     * @param assets the folder of the template
     */
    Distribution(StackDependencies deployed, RestApi rest, LiveApi live, Path assets) {
        this.deployed = deployed;
        this.rest = rest;
        this.assets = assets;
        this.declared = deployed.template().only("AWS::CloudFront::Distribution");
        this.config = declared.get("DistributionConfig");
        boolean hasSockets = origin(behavior(live.path())).equals(Optional.of(live.host()));
        this.server = Javalin.create(it -> open(it, hasSockets ? live::register : none -> {}));
        server.start("127.0.0.1", 0);
        deployed.network().add(host(), uri());
        config.path("Aliases").forEach(it -> deployed.network().add(it.asText(), uri()));
    }

    private void open(JavalinConfig javalin, Consumer<JavalinConfig> sockets) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.jetty.modifyServer(it -> it.setStopTimeout(0));
        sockets.accept(javalin);
        for (HandlerType method :
                List.of(
                        HandlerType.GET,
                        HandlerType.HEAD,
                        HandlerType.POST,
                        HandlerType.PUT,
                        HandlerType.PATCH,
                        HandlerType.DELETE,
                        HandlerType.OPTIONS)) {
            javalin.routes.addHttpHandler(method, "*", this::handle);
        }
    }

    private String host() {
        return deployed.template().attribute(declared, "DomainName");
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private void handle(Context context) throws IOException, InterruptedException {
        Reply reply = answer(call(context));
        context.status(reply.status());
        context.result(reply.body());
        reply.headers().forEach((name, values) -> set(context, name, values));
    }

    private static void set(Context context, String name, List<String> values) {
        context.res().setHeader(name, values.getFirst());
        values.stream().skip(1).forEach(value -> context.res().addHeader(name, value));
    }

    private static Call call(Context context) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(name, new ArrayList<>(Collections.list(context.req().getHeaders(name))));
        }
        String query = context.queryString();
        return new Call(
                context.method().name(),
                context.req().getRequestURI(),
                query == null ? "" : "?" + query,
                headers,
                context.body());
    }

    private Reply answer(Call call) throws IOException, InterruptedException {
        boolean isRoot = call.path().equals("/") && config.has("DefaultRootObject");
        Call asked = isRoot ? call.at("/" + config.path("DefaultRootObject").asText()) : call;
        JsonNode behavior = behavior(asked.path());
        if (behavior.has("LambdaFunctionAssociations")) {
            throw new IllegalArgumentException("Lambda@Edge is not supported");
        }
        return allows(behavior, call.method())
                ? withHeaders(fromOrigin(behavior, rewritten(behavior, asked)), behavior, call)
                : REFUSED;
    }

    /** Returns the call as the functions of the behavior change it. */
    private Call rewritten(JsonNode behavior, Call call) {
        Call changed = call;
        for (JsonNode association : behavior.path("FunctionAssociations")) {
            String code =
                    deployed.template()
                            .named(
                                    "AWS::CloudFront::Function",
                                    "FunctionARN",
                                    association.path("FunctionARN").asText())
                            .text("FunctionCode");
            Matcher path = SETS_PATH.matcher(code);
            if (path.find()) {
                changed = changed.at(path.group(1));
            } else if (!code.contains("request.headers[")) {
                throw new IllegalArgumentException("not a supported function: " + code);
            }
        }
        return changed;
    }

    private static boolean allows(JsonNode behavior, String method) {
        return behavior.has("AllowedMethods")
                ? RestMethod.texts(behavior.path("AllowedMethods")).contains(method)
                : List.of("GET", "HEAD").contains(method);
    }

    private JsonNode behavior(String path) {
        return config.path("CacheBehaviors")
                .valueStream()
                .filter(it -> fits(it.path("PathPattern").asText(), path))
                .findFirst()
                .orElse(config.path("DefaultCacheBehavior"));
    }

    /**
     * Returns whether a pattern matches a path; a slash at the start of the pattern makes no
     * difference.
     */
    private static boolean fits(String pattern, String path) {
        String whole = pattern.startsWith("/") || pattern.startsWith("*") ? pattern : "/" + pattern;
        return Policies.wildcards(whole).matcher(path).matches();
    }

    private JsonNode originOf(JsonNode behavior) {
        return config.path("Origins")
                .valueStream()
                .filter(it -> it.path("Id").equals(behavior.path("TargetOriginId")))
                .findFirst()
                .orElseThrow(() -> new RejectedTemplateException("a behavior has no origin"));
    }

    private Optional<String> origin(JsonNode behavior) {
        return Optional.of(originOf(behavior).path("DomainName").asText());
    }

    private Reply fromOrigin(JsonNode behavior, Call call)
            throws IOException, InterruptedException {
        JsonNode origin = originOf(behavior);
        String host = origin.path("DomainName").asText();
        if (host.equals(rest.host())) {
            // The managed policies that forward headers and the query omit the host.
            return rest.answer(
                    call.at(origin.path("OriginPath").asText() + call.path()).with("Host", null));
        }
        Resource bucket = deployed.template().named("AWS::S3::Bucket", "RegionalDomainName", host);
        return mayRead(origin, bucket)
                ? new Bucket(deployed.template(), deployed.network(), bucket, assets)
                        .get(Call.decoded(call.path().substring(1)))
                : REFUSED;
    }

    /**
     * Returns whether the policy of the bucket allows calls that the origin access control signs.
     */
    private boolean mayRead(JsonNode origin, Resource bucket) {
        String self =
                "arn:aws:cloudfront::%s:distribution/%s"
                        .formatted(PhysicalNames.ACCOUNT, deployed.template().ref(declared));
        return !origin.path("OriginAccessControlId").asText().isEmpty()
                && deployed.template().all("AWS::S3::BucketPolicy").stream()
                        .filter(it -> it.text("Bucket").equals(deployed.template().ref(bucket)))
                        .flatMap(it -> it.get("PolicyDocument").path("Statement").valueStream())
                        .filter(it -> it.path("Effect").asText().equals("Allow"))
                        .filter(it -> it.path("Action").asText().equals("s3:GetObject"))
                        .anyMatch(
                                it ->
                                        it.at("/Condition/StringEquals/AWS:SourceArn")
                                                .asText()
                                                .equals(self));
    }

    private Reply withHeaders(Reply reply, JsonNode behavior, Call call) {
        if (!behavior.has("ResponseHeadersPolicyId")) {
            return reply;
        }
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers());
        Resource policy =
                deployed.template()
                        .named(
                                "AWS::CloudFront::ResponseHeadersPolicy",
                                PhysicalNames.REF,
                                behavior.path("ResponseHeadersPolicyId").asText());
        new AddedHeaders(policy.get("ResponseHeadersPolicyConfig"), deployed.network())
                .addTo(headers, call.header("Origin"));
        return new Reply(reply.status(), headers, reply.body());
    }

    @Override
    public void close() {
        server.stop();
    }
}
