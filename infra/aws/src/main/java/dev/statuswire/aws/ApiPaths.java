package dev.statuswire.aws;

import java.util.List;

/** The paths of the API, in the syntax of API Gateway and of CloudFront. */
final class ApiPaths {

    /** The paths that everyone may call without a token, in the syntax of API Gateway. */
    static final List<String> OPEN =
            List.of(
                    "/types",
                    "/openapi.yaml",
                    "/asyncapi.yaml",
                    "/problems/{kind}",
                    "/health",
                    "/metrics",
                    "/identity",
                    "/links/{secret}/status",
                    "/links/{secret}/answer",
                    "/links/{secret}/tickets");

    /**
     * The path patterns that CloudFront forwards to the API. CloudFront serves all other paths,
     * such as those of the {@linkplain PublicDocuments public documents}, from the bucket of the
     * page.
     */
    static final List<String> PATTERNS =
            List.of(
                    "/requests",
                    "/requests/*",
                    "/status/*",
                    "/users/*",
                    "/live/tickets",
                    "/links/*",
                    "/problems/*",
                    "/health",
                    "/metrics");

    private ApiPaths() {}
}
