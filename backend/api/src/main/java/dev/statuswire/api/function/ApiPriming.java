package dev.statuswire.api.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.statuswire.core.function.Priming;
import dev.statuswire.identity.AccessTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that touch no request: they load and compile what every call goes through. None brings a
 * good token, so what lies behind that, the check of an input above all, is done beside them. The
 * one with a token that no key has signed fetches the issuer's keys into the snapshot.
 */
record ApiPriming(ApiFunction function, Wiring wiring) implements Priming {

    private static final int ROUNDS = 50;
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final Duration TO_FETCH_KEYS = Duration.ofSeconds(20);

    @Override
    public void prime() {
        for (int round = 0; round < ROUNDS; round++) {
            function.answer(call("GET", "/types", null), TIME);
            function.answer(call("PUT", "/requests/priming-0", "{\"type\":\"\"}"), TIME);
            wiring.checkExamples();
        }
        function.answer(call("GET", "/openapi.yaml", null), TIME);
        function.answer(withUnsignedToken(call("GET", "/requests", null)), TO_FETCH_KEYS);
        wiring.readOnce();
    }

    private static APIGatewayProxyRequestEvent withUnsignedToken(
            APIGatewayProxyRequestEvent event) {
        var headers = new HashMap<>(event.getMultiValueHeaders());
        headers.put("Authorization", List.of("Bearer " + AccessTokens.UNSIGNED));
        return event.withMultiValueHeaders(headers);
    }

    private static APIGatewayProxyRequestEvent call(
            String method, String path, @Nullable String body) {
        var event = new APIGatewayProxyRequestEvent();
        event.setHttpMethod(method);
        event.setPath(path);
        event.setBody(body);
        event.setMultiValueHeaders(
                Map.of(
                        "Host", List.of("localhost"),
                        "Content-Type", List.of("application/json")));
        return event;
    }
}
