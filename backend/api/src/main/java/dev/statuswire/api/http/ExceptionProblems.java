package dev.statuswire.api.http;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.UnreadableItemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps exceptions to problem documents. A server error is logged once, with a reference that the
 * problem document contains too. Clients get no details of the exception.
 */
public final class ExceptionProblems {

    /** Precedes the reference in a detail. No other detail starts with it. */
    static final String REFERENCE = "Reference: ";

    private static final Logger LOG = LoggerFactory.getLogger(ExceptionProblems.class);

    /** The first row whose class matches the exception applies. */
    private static final List<ExceptionMapping<?>> TABLE =
            List.of(
                    new ExceptionMapping<>(ProblemException.class, ProblemException::problem),
                    new ExceptionMapping<>(
                            UnreadableItemException.class, ExceptionProblems::ofUnreadable),
                    new ExceptionMapping<>(StoreException.class, ExceptionProblems::ofDatabase),
                    new ExceptionMapping<>(
                            HttpResponseException.class, ExceptionProblems::ofJavalin),
                    new ExceptionMapping<>(
                            HttpException.RuntimeException.class, ExceptionProblems::ofJetty),
                    new ExceptionMapping<>(Exception.class, ExceptionProblems::ofAnythingElse));

    private final Supplier<String> references;

    /**
     * @param references supplies a new reference for each error
     */
    public ExceptionProblems(Supplier<String> references) {
        this.references = references;
    }

    /** Makes {@code routes} respond to every exception with its problem document. */
    public void addTo(RoutesConfig routes) {
        routes.exception(HttpResponseException.class, this::respond);
        routes.exception(Exception.class, this::respond);
    }

    private void respond(Exception thrown, Context context) {
        Problem problem =
                TABLE.stream()
                        .filter(row -> row.fits(thrown))
                        .findFirst()
                        .map(row -> row.problemOf(thrown))
                        .orElseThrow();
        write(problem.status() < 500 ? problem : logged(problem, thrown, context), context);
    }

    /**
     * Responds to an error that cannot become an exception, such as a stack overflow. Javalin no
     * longer has the call at that point, so the web server writes the problem document.
     */
    public void answerError(HttpServletResponse response, Error error) {
        String reference = references.get();
        LOG.error("a call failed; responding with 500, reference {}", reference, error);
        try {
            response.sendError(500, REFERENCE + reference);
        } catch (IOException | IllegalStateException tooLate) {
            LOG.debug(
                    "reference {}: could not respond; the client left or has part of a response",
                    reference);
        }
    }

    private static void write(Problem problem, Context context) {
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .header("Cache-Control", "no-store")
                .contentType(Problem.MEDIA_TYPE)
                .result(Json.write(problem.document(ShownPath.of(context.path()))));
    }

    private Problem logged(Problem problem, Exception thrown, Context context) {
        String reference = references.get();
        if (isExpected(thrown)) {
            LOG.warn(
                    "{} {} failed; responding with {}, reference {}: {}",
                    context.method(),
                    ShownPath.of(context.path()),
                    problem.status(),
                    reference,
                    thrown.getMessage());
        } else {
            LOG.error(
                    "{} {} failed; responding with {}, reference {}",
                    context.method(),
                    ShownPath.of(context.path()),
                    problem.status(),
                    reference,
                    thrown);
        }
        return problem.withDetail(problem.detail() + " " + REFERENCE + reference);
    }

    /**
     * Returns whether to log only the message: a problem has no stack trace, and the stack trace of
     * an expected database error adds nothing.
     */
    private static boolean isExpected(Exception thrown) {
        return thrown instanceof ProblemException
                || (thrown instanceof StoreException store
                        && (store.isRetryable() || store instanceof UnreadableItemException));
    }

    /**
     * Maps an error that Jetty detects only when a value is read, such as an invalid
     * percent-encoding in the query.
     */
    private static Problem ofJetty(HttpException.RuntimeException found) {
        return found.getCode() < 500
                ? ProblemKind.MALFORMED_REQUEST.with("The query is not percent-encoded UTF-8 text.")
                : ofAnythingElse(found);
    }

    private static Problem ofUnreadable(UnreadableItemException found) {
        return ProblemKind.UNREADABLE.with(
                "The stored item of request "
                        + found.key().id()
                        + " is malformed. An operator must correct it.");
    }

    private static Problem ofDatabase(StoreException failed) {
        if (!failed.isRetryable()) {
            return ofAnythingElse(failed);
        }
        return ProblemKind.UNAVAILABLE
                .with("You can safely retry with the same id or idempotency key.")
                .withHeader("Retry-After", "1");
    }

    /** Maps an error that Javalin itself detects, mostly an unknown path or method. */
    private static Problem ofJavalin(HttpResponseException refused) {
        Problem problem = Problem.ofStatus(refused.getStatus());
        Map<String, String> details = refused.getDetails();
        String allowed = details.getOrDefault("availableMethods", details.get("Available methods"));
        return allowed == null ? problem : problem.withHeader("Allow", allowed);
    }

    private static Problem ofAnythingElse(Exception unexpected) {
        return ProblemKind.INTERNAL.with("The call may or may not have taken effect.");
    }

    private record ExceptionMapping<E extends Exception>(
            Class<E> type, Function<E, Problem> problem) {

        boolean fits(Exception thrown) {
            return type.isInstance(thrown);
        }

        Problem problemOf(Exception thrown) {
            return problem.apply(type.cast(thrown));
        }
    }
}
