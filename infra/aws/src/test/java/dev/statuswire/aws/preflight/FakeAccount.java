package dev.statuswire.aws.preflight;

import dev.statuswire.core.testing.FakeServices;
import dev.statuswire.core.testing.FakeServices.Call;
import dev.statuswire.core.testing.FakeServices.Reply;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A fake account: the AWS services that {@code ./deploy} calls before it changes anything. Denies
 * all other calls. Thread-safe.
 */
public final class FakeAccount implements AutoCloseable {

    public static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/x";

    /** A stack in the account. */
    record DeployedStack(String status, boolean isProtected, String template) {}

    private final FakeServices services = new FakeServices();
    private final Map<String, DeployedStack> stacks = new ConcurrentHashMap<>();
    private final Map<String, String> parameters = new ConcurrentHashMap<>();
    private final Map<String, String> certificates = new ConcurrentHashMap<>();
    private volatile int quota = 1000;
    private volatile int unreserved = 1000;

    /** Creates an account that is bootstrapped and has no stack and no certificate. */
    public FakeAccount() {
        bootstrap("30");
        services.on("GetCallerIdentity", _ -> identity())
                .on("DescribeStacks", this::describeStack)
                .on("GetTemplate", this::template)
                .on("GetParameter", this::parameter)
                .on("DescribeCertificate", this::certificate)
                .on("GetAccountSettings", _ -> settings());
    }

    /** Returns the endpoint of the services. */
    public URI endpoint() {
        return services.endpoint();
    }

    /** Returns the calls, such as {@code eu-west-1 DescribeStacks}. */
    public List<String> calls() {
        return services.calls().stream().map(it -> it.region() + " " + it.action()).toList();
    }

    /** Denies {@code action} from now on. */
    public FakeAccount deny(String action) {
        services.deny(action);
        return this;
    }

    /** Sets the version of the CDK's bootstrap stack. */
    public FakeAccount bootstrap(String version) {
        parameters.put("/cdk-bootstrap/hnb659fds/version", version);
        return this;
    }

    /** Removes the CDK's bootstrap stack. */
    public FakeAccount unbootstrapped() {
        parameters.clear();
        return this;
    }

    /** Adds a stack. */
    public FakeAccount stack(String name, String status, boolean isProtected, String template) {
        stacks.put(name, new DeployedStack(status, isProtected, template));
        return this;
    }

    /** Adds a certificate, {@value #CERTIFICATE}. */
    public FakeAccount certificate(String status, String... names) {
        String quoted =
                Arrays.stream(names).map(name -> '"' + name + '"').collect(Collectors.joining(","));
        certificates.put(
                CERTIFICATE,
                """
                {"Certificate":{"CertificateArn":"%s","DomainName":"%s","KeyAlgorithm":"RSA-2048",\
                "SubjectAlternativeNames":[%s],"Status":"%s","Type":"AMAZON_ISSUED",\
                "CreatedAt":1.7644E9,"InUseBy":[]}}\
                """
                        .formatted(CERTIFICATE, names[0], quoted, status));
        return this;
    }

    /**
     * Sets the quota to {@code atOnce} concurrent invocations, of which {@code free} are not
     * reserved.
     */
    public FakeAccount concurrency(int atOnce, int free) {
        quota = atOnce;
        unreserved = free;
        return this;
    }

    private static Reply identity() {
        return Reply.xml(
                "GetCallerIdentity",
                "<Arn>%s</Arn><UserId>AIDA</UserId><Account>123456789012</Account>"
                        .formatted(FakeServices.CALLER));
    }

    private Reply parameter(Call call) {
        String name = call.parameter("Name");
        return Optional.ofNullable(parameters.get(name))
                .map(
                        value ->
                                Reply.json(
                                        200,
                                        """
                                        {"Parameter":{"Name":"%s","Type":"String",\
                                        "Value":"%s","Version":1,"DataType":"text",\
                                        "LastModifiedDate":1.7644E9}}\
                                        """
                                                .formatted(name, value)))
                .orElseGet(() -> Reply.json(400, "{\"__type\":\"ParameterNotFound\"}"));
    }

    private Reply certificate(Call call) {
        return Optional.ofNullable(certificates.get(call.parameter("CertificateArn")))
                .map(found -> Reply.json(200, found))
                .orElseGet(
                        () ->
                                Reply.json(
                                        400,
                                        "{\"__type\":\"ResourceNotFoundException\","
                                                + "\"message\":\"Could not find certificate\"}"));
    }

    private Reply settings() {
        return Reply.json(
                200,
                """
                {"AccountLimit":{"TotalCodeSize":80530636800,\
                "CodeSizeUnzipped":262144000,"CodeSizeZipped":52428800,\
                "ConcurrentExecutions":%d,"UnreservedConcurrentExecutions":%d},\
                "AccountUsage":{"TotalCodeSize":0,"FunctionCount":0}}\
                """
                        .formatted(quota, unreserved));
    }

    private Reply describeStack(Call call) {
        String name = call.parameter("StackName");
        return Optional.ofNullable(stacks.get(name))
                .map(
                        stack ->
                                Reply.stack(
                                        name,
                                        stack.status(),
                                        "<EnableTerminationProtection>%s</EnableTerminationProtection>"
                                                .formatted(stack.isProtected())))
                .orElseGet(() -> noStack(name));
    }

    private Reply template(Call call) {
        String name = call.parameter("StackName");
        return Optional.ofNullable(stacks.get(name))
                .map(DeployedStack::template)
                .map(template -> template.replace("&", "&amp;").replace("<", "&lt;"))
                .map(
                        escaped ->
                                Reply.xml(
                                        "GetTemplate",
                                        "<TemplateBody>" + escaped + "</TemplateBody>"))
                .orElseGet(() -> noStack(name));
    }

    private static Reply noStack(String name) {
        return Reply.xmlError(400, "ValidationError", "Stack with id " + name + " does not exist");
    }

    @Override
    public void close() {
        services.close();
    }
}
