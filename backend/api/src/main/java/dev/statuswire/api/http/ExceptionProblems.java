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
 * The one table from exception to problem document. What is our fault is logged once, under a
 * reference that the document gives too; nothing of the exception itself reaches a client.
 */
public final class ExceptionProblems {

    /** What goes before a reference; nothing else that is answered begins with it. */
    static final String REFERENCE = "Reference: ";

    private static final Logger LOG = LoggerFactory.getLogger(ExceptionProblems.class);

    /** The first row whose class fits counts. */
    private static final List<Row<?>> TABLE =
            List.of(
                    new Row<>(ProblemException.class, ProblemException::problem),
                    new Row<>(UnreadableItemException.class, ExceptionProblems::ofUnreadable),
                    new Row<>(StoreException.class, ExceptionProblems::ofDatabase),
                    new Row<>(HttpResponseException.class, ExceptionProblems::ofJavalin),
                    new Row<>(HttpException.RuntimeException.class, ExceptionProblems::ofJetty),
                    new Row<>(Exception.class, ExceptionProblems::ofAnythingElse));

    private final Supplier<String> references;

    /**
     * @param references gives a new one each time
     */
    public ExceptionProblems(Supplier<String> references) {
        this.references = references;
    }

    /** Has every exception of these routes answered from the table. */
    public void addTo(RoutesConfig routes) {
        routes.exception(HttpResponseException.class, this::answer);
        routes.exception(Exception.class, this::answer);
    }

    private void answer(Exception thrown, Context context) {
        Problem problem =
                TABLE.stream()
                        .filter(row -> row.fits(thrown))
                        .findFirst()
                        .map(row -> row.problemOf(thrown))
                        .orElseThrow();
        write(problem.status() < 500 ? problem : logged(problem, thrown, context), context);
    }

    /**
     * What is left where not even an exception could be made of it, such as a stack that is used
     * up: Javalin has no call any more by then, so the web server makes the document.
     */
    public void answerError(HttpServletResponse response, Error error) {
        String reference = references.get();
        LOG.error("a call is answered with 500; reference {}", reference, error);
        try {
            response.sendError(500, REFERENCE + reference);
        } catch (IOException | IllegalStateException tooLate) {
            LOG.debug("reference {}: the client has gone, or had a part of its answer", reference);
        }
    }

    private static void write(Problem problem, Context context) {
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .header("Cache-Control", "no-store")
                .contentType(Problem.MEDIA_TYPE)
                .result(Json.write(problem.document(context.path())));
    }

    private Problem logged(Problem problem, Exception thrown, Context context) {
        String reference = references.get();
        if (isExpected(thrown)) {
            LOG.warn(
                    "{} {} is answered with {}; reference {}: {}",
                    context.method(),
                    context.path(),
                    problem.status(),
                    reference,
                    thrown.getMessage());
        } else {
            LOG.error(
                    "{} {} is answered with {}; reference {}",
                    context.method(),
                    context.path(),
                    problem.status(),
                    reference,
                    thrown);
        }
        return problem.withDetail(problem.detail() + " " + REFERENCE + reference);
    }

    /** Its stack trace would say nothing more; that of a problem is empty. */
    private static boolean isExpected(Exception thrown) {
        return thrown instanceof ProblemException
                || (thrown instanceof StoreException store
                        && (store.isRetryable() || store instanceof UnreadableItemException));
    }

    /** What Jetty finds out only when it is asked, such as a query that is not percent-encoded. */
    private static Problem ofJetty(HttpException.RuntimeException found) {
        return found.getCode() < 500
                ? ProblemKind.MALFORMED_REQUEST.with("The query is not percent-encoded UTF-8.")
                : ofAnythingElse(found);
    }

    private static Problem ofUnreadable(UnreadableItemException found) {
        return ProblemKind.UNREADABLE.with(
                "What is stored as request " + found.key().id() + " has to be corrected.");
    }

    private static Problem ofDatabase(StoreException failed) {
        if (!failed.isRetryable()) {
            return ofAnythingElse(failed);
        }
        return ProblemKind.UNAVAILABLE
                .with("It is safe to try again with the same id or idempotency key.")
                .withHeader("Retry-After", "1");
    }

    /** What Javalin itself refuses: unknown paths and methods, mostly. */
    private static Problem ofJavalin(HttpResponseException refused) {
        Problem problem = Problem.ofStatus(refused.getStatus());
        Map<String, String> details = refused.getDetails();
        String allowed = details.getOrDefault("availableMethods", details.get("Available methods"));
        return allowed == null ? problem : problem.withHeader("Allow", allowed);
    }

    private static Problem ofAnythingElse(Exception unexpected) {
        return ProblemKind.INTERNAL.with("The call may or may not have had its effect.");
    }

    private record Row<E extends Exception>(Class<E> type, Function<E, Problem> problem) {

        boolean fits(Exception thrown) {
            return type.isInstance(thrown);
        }

        Problem problemOf(Exception thrown) {
            return problem.apply(type.cast(thrown));
        }
    }
}
