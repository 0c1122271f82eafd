package dev.statuswire.aws;

import java.util.List;

/** The paths of the API, as API Gateway and CloudFront are told them. */
final class ApiPaths {

    /** What everybody may call, as paths of API Gateway. */
    static final List<String> OPEN =
            List.of(
                    "/types",
                    "/openapi.yaml",
                    "/asyncapi.yaml",
                    "/problems/{kind}",
                    "/health",
                    "/metrics",
                    "/identity");

    /** Every path of the API, as CloudFront's patterns; what matches none is the page's. */
    static final List<String> PATTERNS =
            List.of(
                    "/requests",
                    "/requests/*",
                    "/status/*",
                    "/types",
                    "/users/*",
                    "/live/tickets",
                    "/identity",
                    "/openapi.yaml",
                    "/asyncapi.yaml",
                    "/problems/*",
                    "/health",
                    "/metrics");

    private ApiPaths() {}
}
