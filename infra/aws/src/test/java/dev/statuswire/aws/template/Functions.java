package dev.statuswire.aws.template;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.emulator.function.AsyncRules;
import dev.statuswire.emulator.function.FunctionApi;
import dev.statuswire.emulator.function.FunctionDefinition;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs the functions of a template. Each is an instance of the class that its {@code Handler}
 * names, created on the first invocation. Its environment contains only the variables of its {@code
 * Environment} and the addresses of the emulated AWS services. Functions are invoked through their
 * aliases. Thread-safe.
 */
final class Functions implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern NAME =
            Pattern.compile(
                    "(?:arn:aws:lambda:[^:]+:\\d+:function:)?(?<name>[^:]+)(?::(?<alias>[^:]+))?");
    private static final String OURS = "dev.statuswire.";
    private static final Duration TO_STOP = Duration.ofMillis(500);

    private final Template template;
    private final Policies policies;
    private final Network network;
    private final ClassLoader code;
    private final FunctionApi api = FunctionApi.open(0, AsyncRules.LAMBDA, SteadyClock.OF_PROCESS);
    private final Map<String, FunctionDefinition<?, ?>> functions = new HashMap<>();

    /**
     * The result of an invocation.
     *
     * @param hasFailed whether there was a function error, which the payload describes, or the
     *     function did not run
     */
    record Result(String payload, boolean hasFailed) {}

    /**
     * @param code contains the handlers and the request types
     * @throws RejectedTemplateException if the handler of a function is not a class that Lambda can
     *     call
     */
    Functions(Template template, Policies policies, Network network, ClassLoader code) {
        this.template = template;
        this.policies = policies;
        this.network = network;
        this.code = code;
        template.all("AWS::Lambda::Function").stream()
                .filter(it -> it.text("Handler").startsWith(OURS))
                .filter(it -> it.get("ReservedConcurrentExecutions").asInt(1) > 0)
                .forEach(this::register);
    }

    private void register(Resource function) {
        FunctionDefinition<?, ?> made = local(function, input(function));
        functions.put(function.id(), made);
        api.register(made);
    }

    private static Class<?> input(Resource function) {
        try {
            return Arrays.stream(Class.forName(function.text("Handler")).getDeclaredMethods())
                    .filter(it -> it.getName().equals("handleRequest") && !it.isBridge())
                    .map(Method::getParameterTypes)
                    .findFirst()
                    .orElseThrow(() -> notHandler(function))[0];
        } catch (ClassNotFoundException missing) {
            throw notHandler(function);
        }
    }

    private static RejectedTemplateException notHandler(Resource function) {
        return new RejectedTemplateException(
                function.text("Handler") + " of " + function.id() + " is not a handler");
    }

    private <I> FunctionDefinition<I, Object> local(Resource function, Class<I> input) {
        return new FunctionDefinition<>(
                function.id(),
                input,
                new FirstMade<>(function),
                Duration.ofSeconds(function.get("Timeout").asInt(3)),
                function.get("ReservedConcurrentExecutions")
                        .asInt(FunctionDefinition.DEFAULT_CONCURRENCY));
    }

    /** Creates the handler on the first invocation; if that fails, every invocation fails. */
    private final class FirstMade<I> implements RequestHandler<I, Object> {

        private final Resource function;
        private @Nullable RequestHandler<I, Object> handler;

        FirstMade(Resource function) {
            this.function = function;
        }

        @Override
        public Object handleRequest(I input, Context context) {
            return handler().handleRequest(input, context);
        }

        @SuppressWarnings("unchecked") // its input is the class that its method declares
        private synchronized RequestHandler<I, Object> handler() {
            if (handler == null) {
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                thread.setContextClassLoader(code);
                try {
                    handler =
                            (RequestHandler<I, Object>)
                                    Class.forName(function.text("Handler"))
                                            .getMethod("of", Environment.class)
                                            .invoke(null, environment(function));
                } catch (ReflectiveOperationException broken) {
                    throw new IllegalStateException(function.id() + " does not start", broken);
                } finally {
                    thread.setContextClassLoader(before);
                }
            }
            return handler;
        }
    }

    private Environment environment(Resource function) {
        var variables = new HashMap<String, String>();
        RestMethod.map(function.get("Environment").path("Variables"))
                .forEach((name, value) -> variables.put(name, network.local(value, function.id())));
        variables.put("STATUSWIRE_DYNAMODB_ENDPOINT", network.dynamoDb(function.id()).toString());
        variables.put(
                "STATUSWIRE_LAMBDA_ENDPOINT",
                network.lambda(function.id(), api.endpoint()).toString());
        network.sqs(function.id())
                .ifPresent(there -> variables.put("STATUSWIRE_SQS_ENDPOINT", there.toString()));
        return new Environment(variables);
    }

    /**
     * Returns a function for a caller in this JVM.
     *
     * @param name of an alias, as an ARN or {@code function:alias}
     * @throws RejectedTemplateException if the alias does not exist
     */
    FunctionDefinition<?, ?> function(String name) {
        FunctionDefinition<?, ?> function = functions.get(id(name));
        if (function == null) {
            throw new IllegalStateException(name + " may not run");
        }
        return function;
    }

    /** Returns whether the function may be invoked; a function can be disabled. */
    boolean mayRun(String name) {
        return functions.containsKey(id(name));
    }

    /** Returns the logical id of the function of an alias. */
    String id(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || parts.group("alias") == null) {
            throw new RejectedTemplateException(name + " has no alias; $LATEST has no snapshot");
        }
        String arn =
                PhysicalNames.arn(
                        "lambda", "function:" + parts.group("name") + ":" + parts.group("alias"));
        template.named("AWS::Lambda::Alias", PhysicalNames.REF, arn);
        return parts.group("name");
    }

    /** Invokes a function on behalf of a service if the permissions of the function allow it. */
    Result invoke(String principal, String sourceArn, String arn, String payload)
            throws IOException, InterruptedException {
        if (!policies.mayInvoke(principal, sourceArn, arn)) {
            return new Result("{\"errorMessage\":\"" + principal + " is not permitted\"}", true);
        }
        id(arn);
        HttpResponse<String> answer =
                HTTP.send(
                        HttpRequest.newBuilder(invocation(arn))
                                .POST(HttpRequest.BodyPublishers.ofString(payload))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new Result(
                answer.body(),
                answer.statusCode() != 200
                        || answer.headers().firstValue("X-Amz-Function-Error").isPresent());
    }

    private URI invocation(String arn) {
        return URI.create(
                api.endpoint()
                        + "/2015-03-31/functions/"
                        + URLEncoder.encode(arn, StandardCharsets.UTF_8)
                        + "/invocations");
    }

    @Override
    public void close() {
        try {
            api.stop(TO_STOP);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
