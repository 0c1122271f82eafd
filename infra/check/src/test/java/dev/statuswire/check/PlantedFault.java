package dev.statuswire.check;

import dev.statuswire.check.FaultyProxy.Exchange;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The faults to plant, each with the check that must fail and a part of the message of its first
 * failure.
 */
enum PlantedFault implements FaultyProxy.Fault {
    STATUS_WITHOUT_ETAG(
            "status",
            "expected ETag: \"",
            answer -> {
                if (answer.is("GET", "/status/.*")) {
                    answer.headers.remove("ETag");
                }
            }),
    REPEAT_IS_202(
            "repeat",
            "expected 200 from PUT /requests/check-",
            answer -> {
                if (answer.is("PUT", "/requests/.*") && answer.status == 200) {
                    answer.status = 202;
                }
            }),
    PUSHES_ARE_LOST("push", "expected a push of version", answer -> {}) {
        @Override
        public boolean pushed(String frame) {
            return !frame.contains("\"status\"");
        }
    },
    LAST_PUSH_IS_LOST("push", "expected a push of version", answer -> {}) {
        @Override
        public boolean pushed(String frame) {
            return !frame.contains("\"SUCCEEDED\",\"version\"");
        }
    },
    PAGE_MAY_BE_FRAMED(
            "page headers",
            "expected X-Frame-Options: DENY from GET /, got no such header",
            answer -> answer.headers.remove("X-Frame-Options")),
    WRONG_PROBLEM_TYPE(
            "different content",
            "expected the problem /problems/id-taken from PUT",
            answer -> {
                if (answer.status == 409) {
                    answer.body = answer.body.replace("/problems/id-taken", "about:blank");
                }
            }),
    PROBLEM_IS_PLAIN_JSON(
            "schema violation",
            "expected application/problem+json from PUT",
            answer -> {
                if (answer.status == 422 && answer.body.contains("/input")) {
                    answer.headers.put("Content-Type", "application/json");
                }
            }),
    NEVER_304(
            "304",
            "expected 304 from GET /status/check-",
            answer -> {
                if (answer.status == 304) {
                    answer.status = 200;
                    answer.headers.remove("ETag");
                }
            }),
    ALWAYS_304(
            "304",
            "expected 200 from GET /status/check-",
            answer -> {
                if (answer.requestHeaders.containsKey("If-None-Match")) {
                    answer.status = 304;
                    answer.body = "";
                }
            }),
    LIST_IS_EMPTY(
            "list",
            "it is on none of 1 pages",
            answer -> {
                if (answer.is("GET", "/requests")) {
                    answer.body = "{\"requests\":[],\"next\":null}";
                }
            }),
    LARGE_INPUT_IS_500(
            "65,537 bytes",
            "expected 413 from POST /requests, got 500",
            answer -> {
                if (answer.is("POST", "/requests")) {
                    answer.status = 500;
                }
            }),
    LARGE_BODY_IS_400(
            "body over 1 MiB",
            "expected 413 from PUT",
            answer -> {
                if (answer.method.equals("PUT") && answer.status == 413) {
                    answer.status = 400;
                }
            }),
    INVALID_ID_IS_404(
            "invalid id",
            "expected 400 from PUT /requests/short, got 404",
            answer -> {
                if (answer.path.equals("/requests/short")) {
                    answer.status = 404;
                }
            }),
    TICKET_OF_ANOTHER_HOST(
            "ticket",
            "got one of wss://abc.execute-api.eu-west-1.amazonaws.com",
            answer -> {
                if (answer.path.equals("/live/tickets")) {
                    answer.body =
                            answer.body.replaceFirst(
                                    "ws://[^/]+", "wss://abc.execute-api.eu-west-1.amazonaws.com");
                }
            }),
    CANCEL_DOES_NOTHING(
            "cancel",
            "to be CANCELLED after the cancel was accepted, but it is SUCCEEDED",
            answer -> {
                if (answer.status == 0) {
                    answer.status = 202;
                }
            }) {
        @Override
        public boolean asked(Exchange exchange) {
            return !exchange.path.endsWith("/cancel");
        }
    },
    RETRY_IS_REFUSED(
            "retry",
            "expected 202 from POST /requests/check-",
            answer -> {
                if (answer.path.endsWith("/retry")) {
                    answer.status = 409;
                }
            }),
    CLIENT_MODULE_OF_ONE_ORIGIN(
            "client module",
            "expected Access-Control-Allow-Origin: * from GET /client/statuswire.js",
            answer -> answer.headers.remove("Access-Control-Allow-Origin")),
    DATABASE_IS_DOWN(
            "health",
            "expected 200 from GET /health, got 503",
            answer -> {
                if (answer.path.equals("/health")) {
                    answer.status = 503;
                }
            });

    private final String check;
    private final String says;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    private final Consumer<Exchange> change;

    PlantedFault(String check, String says, Consumer<Exchange> change) {
        this.check = check;
        this.says = says;
        this.change = change;
    }

    /**
     * Returns all faults, in groups that can be planted together: each fault fails one check, and
     * the checks that need this check are skipped.
     */
    static List<Set<PlantedFault>> groups() {
        var second = EnumSet.of(NEVER_304, PUSHES_ARE_LOST, RETRY_IS_REFUSED);
        var third = EnumSet.of(ALWAYS_304, LAST_PUSH_IS_LOST);
        var first = EnumSet.allOf(PlantedFault.class);
        first.removeAll(second);
        first.removeAll(third);
        return List.of(first, second, third);
    }

    /** Returns the faults of a group as one. */
    static FaultyProxy.Fault together(Set<PlantedFault> faults) {
        return new FaultyProxy.Fault() {
            @Override
            public boolean asked(Exchange exchange) {
                return faults.stream().allMatch(it -> it.asked(exchange));
            }

            @Override
            public void answered(Exchange exchange) {
                faults.forEach(it -> it.answered(exchange));
            }

            @Override
            public boolean pushed(String frame) {
                return faults.stream().allMatch(it -> it.pushed(frame));
            }
        };
    }

    /** Returns the name of the check that must fail. */
    String check() {
        return check;
    }

    /** Returns the text that the line of that check must contain. */
    String says() {
        return says;
    }

    @Override
    public void answered(Exchange exchange) {
        change.accept(exchange);
    }
}
