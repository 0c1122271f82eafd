package dev.statuswire.identity;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.Statement;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.time.SteadyClock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda {@code TOKEN} authorizer of the REST API, for deployments with their own issuer. The
 * principal is the token's subject. A caller whose token is refused gets 401; while no key of the
 * issuer is known, callers get 500. The handler causes both with exceptions, because API Gateway
 * provides no other way.
 *
 * <p>Before a snapshot, the handler receives a token without a signature and refuses it. As a
 * result, the snapshot contains the issuer's keys. The host advances the steady clock after a
 * restore, so keys that are too old are fetched again; if the issuer is unreachable then, they are
 * still used.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">Use
 *     API Gateway Lambda authorizers</a>
 */
public final class TokenAuthorizer
        implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

    /**
     * The exception message for which API Gateway returns 401. For any other message it returns
     * 500.
     */
    static final String UNAUTHORIZED = "Unauthorized";

    private static final Logger LOG = LoggerFactory.getLogger(TokenAuthorizer.class);

    /** Matches the ARN of a method; the group is the API and its stage. */
    private static final Pattern STAGE = Pattern.compile("(arn:[^/]+/[^/]+/).*");

    private final AccessTokenVerifier tokens;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public TokenAuthorizer() {
        this(verifier(Environment.ofProcess()), FunctionHost.ofProcess());
    }

    /** Creates the handler with all its collaborators. */
    public TokenAuthorizer(AccessTokenVerifier tokens, FunctionHost host) {
        this.tokens = tokens;
        this.host = host;
        host.beforeSnapshot(this::refusal, noOp());
    }

    /**
     * Creates the handler from these variables.
     *
     * @throws IllegalArgumentException if a setting has a wrong value
     */
    public static TokenAuthorizer of(Environment environment) {
        return new TokenAuthorizer(verifier(environment), FunctionHost.ofProcess());
    }

    private static AccessTokenVerifier verifier(Environment environment) {
        OidcSettings settings =
                OidcSettings.from(environment)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "STATUSWIRE_OIDC_ISSUER is not set"));
        return new AccessTokenVerifier(
                settings,
                AccessTokenVerifier.Keys.STANDARD,
                InstantSource.system(),
                SteadyClock.OF_PROCESS);
    }

    @Override
    public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
        return host.handle(event, context, () -> authorize(event));
    }

    static APIGatewayCustomAuthorizerEvent noOp() {
        var event = new APIGatewayCustomAuthorizerEvent();
        event.setAuthorizationToken("Bearer " + AccessTokenVerifier.UNSIGNED);
        return event;
    }

    /** Handles an event that must be refused. The expected refusal is not an error. */
    String refusal(APIGatewayCustomAuthorizerEvent event, Context context) {
        try {
            return handleRequest(event, context).toString();
        } catch (IllegalArgumentException refused) {
            return UNAUTHORIZED;
        }
    }

    private IamPolicyResponse authorize(APIGatewayCustomAuthorizerEvent event) {
        return switch (verdict(event.getAuthorizationToken())) {
            case TokenVerdict.Identified who -> allow(who.subject(), event.getMethodArn());
            case TokenVerdict.Refused refused -> {
                LOG.info("refused a token; its bearer gets 401: {}", refused.reason());
                throw new IllegalArgumentException(UNAUTHORIZED);
            }
            case TokenVerdict.Undecided _ ->
                    throw new IllegalStateException("could not fetch the issuer's keys");
        };
    }

    private TokenVerdict verdict(@Nullable String header) {
        return Optional.ofNullable(header)
                .flatMap(BearerCredentials::parseToken)
                .map(tokens::check)
                .orElseGet(() -> new TokenVerdict.Refused("Not a bearer token."));
    }

    /**
     * Allows every method of the stage, because API Gateway caches the response for the token and
     * uses it for all methods.
     */
    private static IamPolicyResponse allow(String subject, String methodArn) {
        Statement statement =
                Statement.builder()
                        .withEffect(IamPolicyResponse.ALLOW)
                        .withAction(IamPolicyResponse.EXECUTE_API_INVOKE)
                        .withResource(List.of(everythingOf(methodArn)))
                        .withCondition(Map.of())
                        .build();
        return IamPolicyResponse.builder()
                .withPrincipalId(subject)
                .withPolicyDocument(
                        PolicyDocument.builder()
                                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                                .withStatement(List.of(statement))
                                .build())
                .withContext(Map.of())
                .build();
    }

    private static String everythingOf(String methodArn) {
        Matcher stage = STAGE.matcher(methodArn);
        return stage.matches() ? stage.group(1) + "*" : methodArn;
    }
}
