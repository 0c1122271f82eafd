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

    /**
     * Every path of the API that CloudFront passes on, as its patterns. What matches none is in the
     * page's bucket, as the {@linkplain PublicDocuments public documents} are.
     */
    static final List<String> PATTERNS =
            List.of(
                    "/requests",
                    "/requests/*",
                    "/status/*",
                    "/users/*",
                    "/live/tickets",
                    "/problems/*",
                    "/health",
                    "/metrics");

    private ApiPaths() {}
}
