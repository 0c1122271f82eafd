package dev.statuswire.aws.template;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Emulates the REST API of a template in the state of its one deployment. Thread-safe. */
final class RestApi {

    private static final DateTimeFormatter REQUEST_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final String id;
    private final String stage;
    private final RestResources resources;
    private final GatewayAnswers answers;
    private final RestAuthorizers authorizers;
    private final DirectIntegrations direct;
    private final ProxyIntegrations proxies;
    private final InstantSource clock;

    /**
     * @throws RejectedTemplateException if API Gateway would reject a part of the API
     */
    RestApi(StackDependencies deployed, InstantSource clock) {
        Template template = deployed.template();
        Resource api = template.only("AWS::ApiGateway::RestApi");
        Resource at = template.only("AWS::ApiGateway::Stage");
        Resource deployment =
                template.named(
                        "AWS::ApiGateway::Deployment", PhysicalNames.REF, at.text("DeploymentId"));
        // The deployment does not contain what is created after it.
        Set<String> before = template.before(deployment);
        this.id = template.ref(api);
        this.stage = at.text("StageName");
        this.resources = new RestResources(template, api, before);
        this.answers = new GatewayAnswers(template, before);
        this.authorizers = new RestAuthorizers(deployed, id);
        this.direct = new DirectIntegrations(deployed);
        this.proxies = new ProxyIntegrations(deployed);
        this.clock = clock;
    }

    String host() {
        return PhysicalNames.executeApi(id);
    }

    String stage() {
        return stage;
    }

    /** Responds to a call whose path starts with the stage. */
    Reply answer(Call sent) throws IOException, InterruptedException {
        String prefix = "/" + stage;
        if (!(sent.path() + "/").startsWith(prefix + "/")) {
            return Reply.of(403, Map.of(), "{\"message\":\"Forbidden\"}");
        }
        String path = sent.path().substring(prefix.length());
        Call call = sent.at(path.isEmpty() ? "/" : path).with("Host", host());
        Map<String, Object> context = context(sent, call);
        Optional<RestResources.Match> match = resources.find(call.path());
        Optional<RestMethod> method = match.flatMap(it -> it.method(call.method()));
        if (match.isEmpty() || method.isEmpty()) {
            return answers.of("MISSING_AUTHENTICATION_TOKEN", context);
        }
        context.put("resourcePath", match.get().resourcePath());
        return answer(new RestCall(call, method.get(), match.get(), context, arn(call)));
    }

    private String arn(Call call) {
        return PhysicalNames.arn("execute-api", id)
                + "/"
                + stage
                + "/"
                + call.method()
                + call.path();
    }

    private Reply answer(RestCall call) throws IOException, InterruptedException {
        try {
            authorizers.authorize(call);
            check(call);
            return call.method().integration().type().equals("AWS_PROXY")
                    ? proxies.answer(call)
                    : direct.answer(call);
        } catch (RefusedCallException refused) {
            return answers.of(refused.responseType(), call.context());
        }
    }

    /** Checks a call as its request validator does. */
    private static void check(RestCall call) throws RefusedCallException {
        for (String parameter : call.method().required()) {
            if (!call.has(parameter)) {
                throw new RefusedCallException("BAD_REQUEST_PARAMETERS");
            }
        }
        String mediaType = call.call().mediaType();
        boolean isMapped = call.method().integration().requestTemplates().containsKey(mediaType);
        Optional<BodyValidator> model = call.method().modelFor(mediaType);
        // A body without a mapping template is rejected because of its media type.
        if (isMapped && model.isPresent() && !model.get().accepts(call.call().body())) {
            throw new RefusedCallException("BAD_REQUEST_BODY");
        }
    }

    private Map<String, Object> context(Call sent, Call call) {
        var context = new HashMap<String, Object>();
        var now = clock.instant();
        context.put("requestTime", REQUEST_TIME.format(now));
        context.put("requestTimeEpoch", now.toEpochMilli());
        context.put("requestId", UUID.randomUUID().toString());
        context.put("extendedRequestId", ExtendedRequestId.next());
        context.put("httpMethod", call.method());
        // Includes the stage, as in API Gateway.
        context.put("path", sent.path());
        context.put("stage", stage);
        context.put("apiId", id);
        return context;
    }
}
