package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Checks access, the list of request types, and the page. */
final class PageAndLoginChecks {

    static final String IDENTITY = "identity";
    static final String LOGIN = "login";
    static final String TYPES = "types";

    private final CheckContext conversation;
    private final CheckedService service;
    private final TokenProvider tokens;
    private final List<String> wantedTypes;

    PageAndLoginChecks(CheckContext conversation, TokenProvider tokens, List<String> wantedTypes) {
        this.conversation = conversation;
        this.service = conversation.service;
        this.tokens = tokens;
        this.wantedTypes = wantedTypes;
    }

    List<Check> all() {
        return List.of(
                Check.of("health", this::health),
                Check.of(IDENTITY, this::identity),
                Check.of("page headers", this::page, IDENTITY),
                Check.of("client module", this::clientModule),
                Check.of(LOGIN, this::login, IDENTITY),
                Check.of(TYPES, this::types));
    }

    private String health() throws InterruptedException {
        String status = service.get("/health").expect(200).json().path("status").asText();
        if (!status.equals("up")) {
            throw new CheckFailedException("expected status up from GET /health, got " + status);
        }
        return "200, up";
    }

    private String identity() throws InterruptedException {
        CheckedResponse response = service.get("/identity").expect(200);
        JsonNode identity = response.json();
        if (!identity.has("issuer")) {
            throw new CheckFailedException(
                    "expected an issuer or null from GET /identity, got neither");
        }
        conversation.setIdentity(identity);
        return issuer().map(issuer -> "issuer " + issuer).orElse("no issuer, no login");
    }

    private Optional<String> issuer() {
        return Optional.of(conversation.identity().path("issuer"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    private String page() throws InterruptedException {
        CheckedResponse page = service.get("/").expect(200);
        page.expectHeaderWith("Content-Type", "text/html");
        expectSafe(page);
        for (String part :
                List.of(
                        "default-src 'none'",
                        "script-src 'self'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'")) {
            page.expectHeaderWith("Content-Security-Policy", part);
        }
        // The page reads the issuer's discovery document.
        issuer().ifPresent(issuer -> expectReachable(page, URI.create(issuer)));
        page.expectHeader("X-Frame-Options", "DENY");
        page.expectHeader("Referrer-Policy", "no-referrer");
        page.expectHeader("Cross-Origin-Opener-Policy", "same-origin");
        page.expectHeaderWith("Permissions-Policy", "camera=()");
        return "all required headers";
    }

    private static void expectReachable(CheckedResponse page, URI issuer) {
        page.expectHeaderWith(
                "Content-Security-Policy", issuer.getScheme() + "://" + issuer.getRawAuthority());
    }

    private void expectSafe(CheckedResponse response) {
        response.expectHeader("X-Content-Type-Options", "nosniff");
        if ("https".equals(service.base().getScheme())) {
            response.expectHeaderWith("Strict-Transport-Security", "max-age=");
        }
    }

    private String clientModule() throws InterruptedException {
        CheckedResponse module = service.get("/client/statuswire.js").expect(200);
        module.expectHeaderWith("Content-Type", "javascript");
        expectSafe(module);
        if (service.isBelowPath()) {
            return "200; without CloudFront, only for its own page";
        }

        module.expectHeader("Access-Control-Allow-Origin", "*");
        module.expectHeader("Cross-Origin-Resource-Policy", "cross-origin");
        return "pages of other origins may import it";
    }

    /**
     * Checks the login at both front doors: on AWS, API Gateway reads a status without a function,
     * and the API function reads a list.
     */
    private String login() throws InterruptedException {
        Optional<String> issuer = issuer();
        if (issuer.isEmpty()) {
            service.get("/requests?limit=1").expect(200);
            return "not needed";
        }
        String token = tokens.get();
        for (String path : List.of("/requests?limit=1", "/status/" + Submissions.newId())) {
            service.getAs("", path)
                    .expectProblem(401, "unauthenticated")
                    .expectHeaderWith("WWW-Authenticate", "Bearer");
            service.getAs("a.wrong.token", path).expectProblem(401, "unauthenticated");
        }
        service.logIn(token);
        service.get("/requests?limit=1").expect(200);
        return "401 without a token and with an invalid one, 200 " + tokens.described();
    }

    private String types() throws InterruptedException {
        ListedTypes types = ListedTypes.of(service.get("/types").expect(200).json(), wantedTypes);
        conversation.setTypes(types);
        return "%d listed; checked with %s"
                .formatted(
                        types.listed().size(),
                        String.join(
                                ", ",
                                types.submitted().stream()
                                        .map(type -> type.path("name").asText())
                                        .toList()));
    }
}
