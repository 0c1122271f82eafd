package dev.statuswire.aws.preflight;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An account as its services show it over HTTP, in their own formats: XML of STS and CloudFormation
 * (AWS query), JSON 1.1 of SSM and ACM, REST-JSON of Lambda. Any other call is denied. Thread-safe.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
public final class FakeAccount implements AutoCloseable {

    public static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/x";

    private static final String CALLER = "arn:aws:iam::123456789012:user/ada";
    private static final String LAMBDA_SETTINGS = "/2016-08-19/account-settings";

    /** {@code Credential=KEY/20261129/eu-west-1/sts/aws4_request}. */
    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/[^/]+/aws4_request");

    /** A stack that is in the account. */
    record DeployedStack(String status, boolean isProtected, String template) {}

    private record Reply(
            int status, String contentType, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Map<String, DeployedStack> stacks = new ConcurrentHashMap<>();
    private final Map<String, String> parameters = new ConcurrentHashMap<>();
    private final Map<String, String> certificates = new ConcurrentHashMap<>();
    private volatile int quota = 1000;
    private volatile int unreserved = 1000;

    /** An account that is bootstrapped and has no stack and no certificate. */
    public FakeAccount() throws IOException {
        bootstrap("30");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Where its services are. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was called, such as {@code eu-west-1 DescribeStacks}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Has no permission for {@code action} from now on. */
    public FakeAccount deny(String action) {
        denied.add(action);
        return this;
    }

    /** Has the CDK's bootstrap stack in this version. */
    public FakeAccount bootstrap(String version) {
        parameters.put("/cdk-bootstrap/hnb659fds/version", version);
        return this;
    }

    /** Has no bootstrap stack of the CDK. */
    public FakeAccount unbootstrapped() {
        parameters.clear();
        return this;
    }

    /** Has a stack. */
    public FakeAccount stack(String name, String status, boolean isProtected, String template) {
        stacks.put(name, new DeployedStack(status, isProtected, template));
        return this;
    }

    /** Has a certificate, {@value #CERTIFICATE}. */
    public FakeAccount certificate(String status, String... names) {
        String quoted =
                Arrays.stream(names).map(name -> '"' + name + '"').collect(Collectors.joining(","));
        certificates.put(
                CERTIFICATE,
                """
                {"Certificate":{"CertificateArn":"%s","DomainName":"%s","KeyAlgorithm":"RSA-2048",\
                "SubjectAlternativeNames":[%s],"Status":"%s","Type":"AMAZON_ISSUED",\
                "CreatedAt":1.7644E9,"InUseBy":[]}}"""
                        .formatted(CERTIFICATE, names[0], quoted, status));
        return this;
    }

    /** May run {@code atOnce} invocations at once, {@code free} of which are not reserved. */
    public FakeAccount concurrency(int atOnce, int free) {
        quota = atOnce;
        unreserved = free;
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String action = action(exchange, body);
            calls.add(region(exchange) + " " + action);
            Reply reply =
                    denied.contains(action)
                            ? denial(exchange, action)
                            : reply(exchange, action, body);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String action(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(LAMBDA_SETTINGS)) {
            return "GetAccountSettings";
        }
        return target(exchange)
                .map(target -> target.substring(target.indexOf('.') + 1))
                .or(() -> Optional.ofNullable(form(body).get("Action")))
                .orElseGet(() -> exchange.getRequestMethod() + " " + path);
    }

    private static Optional<String> target(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    }

    private static String region(HttpExchange exchange) {
        Matcher scope =
                SCOPE.matcher(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                .orElse(""));
        return scope.find() ? scope.group(1) : "unsigned";
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                                (first, second) -> second));
    }

    private Reply reply(HttpExchange exchange, String action, String body) {
        return switch (action) {
            case "GetCallerIdentity" ->
                    xml(
                            action,
                            "https://sts.amazonaws.com/doc/2011-06-15/",
                            "<Arn>"
                                    + CALLER
                                    + "</Arn><UserId>AIDA</UserId>"
                                    + "<Account>123456789012</Account>");
            case "DescribeStacks" -> stack(form(body).getOrDefault("StackName", ""), action);
            case "GetTemplate" -> stack(form(body).getOrDefault("StackName", ""), action);
            case "GetParameter" ->
                    Optional.ofNullable(parameters.get(text(body, "Name")))
                            .map(
                                    value ->
                                            json(
                                                    200,
                                                    """
                                                    {"Parameter":{"Name":"%s","Type":"String",\
                                                    "Value":"%s","Version":1,"DataType":"text",\
                                                    "LastModifiedDate":1.7644E9}}"""
                                                            .formatted(text(body, "Name"), value)))
                            .orElseGet(() -> json(400, "{\"__type\":\"ParameterNotFound\"}"));
            case "DescribeCertificate" ->
                    Optional.ofNullable(certificates.get(text(body, "CertificateArn")))
                            .map(found -> json(200, found))
                            .orElseGet(
                                    () ->
                                            json(
                                                    400,
                                                    "{\"__type\":\"ResourceNotFoundException\","
                                                            + "\"message\":\"Could not find"
                                                            + " certificate\"}"));
            case "GetAccountSettings" ->
                    new Reply(
                            200,
                            "application/json",
                            """
                            {"AccountLimit":{"TotalCodeSize":80530636800,\
                            "CodeSizeUnzipped":262144000,"CodeSizeZipped":52428800,\
                            "ConcurrentExecutions":%d,"UnreservedConcurrentExecutions":%d},\
                            "AccountUsage":{"TotalCodeSize":0,"FunctionCount":0}}"""
                                    .formatted(quota, unreserved),
                            Map.of());
            default -> denial(exchange, action);
        };
    }

    private Reply stack(String name, String action) {
        DeployedStack stack = stacks.get(name);
        if (stack == null) {
            return xmlError(400, "ValidationError", "Stack with id " + name + " does not exist");
        }
        String namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
        if (action.equals("GetTemplate")) {
            String escaped = stack.template().replace("&", "&amp;").replace("<", "&lt;");
            return xml(action, namespace, "<TemplateBody>" + escaped + "</TemplateBody>");
        }
        return xml(
                action,
                namespace,
                """
                <Stacks><member><StackName>%s</StackName><StackStatus>%s</StackStatus>\
                <StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/%s/1</StackId>\
                <CreationTime>2026-11-29T10:00:00.000Z</CreationTime>\
                <EnableTerminationProtection>%s</EnableTerminationProtection>\
                <DisableRollback>false</DisableRollback></member></Stacks>"""
                        .formatted(name, stack.status(), name, stack.isProtected()));
    }

    private static String text(String json, String name) {
        return Json.parse(json).orElseThrow().path(name).asText();
    }

    private static Reply denial(HttpExchange exchange, String action) {
        if (action.equals("GetCallerIdentity")) {
            return xmlError(
                    403,
                    "InvalidClientTokenId",
                    "The security token included in the request is invalid.");
        }
        String message = "User: " + CALLER + " is not authorized to perform: " + action;
        String json = "{\"__type\":\"AccessDeniedException\",\"Message\":\"" + message + "\"}";
        if (target(exchange).isPresent()) {
            return json(400, json);
        }
        if (action.equals("GetAccountSettings")) {
            return new Reply(
                    403,
                    "application/json",
                    "{\"Message\":\"" + message + "\"}",
                    Map.of("x-amzn-ErrorType", "AccessDeniedException"));
        }
        return xmlError(403, "AccessDenied", message);
    }

    private static Reply json(int status, String body) {
        return new Reply(status, "application/x-amz-json-1.1", body, Map.of());
    }

    private static Reply xml(String action, String namespace, String result) {
        return new Reply(
                200,
                "text/xml",
                "<%sResponse xmlns=\"%s\"><%sResult>%s</%sResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></%sResponse>"
                        .formatted(action, namespace, action, result, action, action),
                Map.of());
    }

    private static Reply xmlError(int status, String code, String message) {
        return new Reply(
                status,
                "text/xml",
                "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>"
                        .formatted(code, message),
                Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
