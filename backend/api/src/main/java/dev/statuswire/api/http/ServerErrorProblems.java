package dev.statuswire.api.http;

import dev.statuswire.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Responds with problem documents, instead of the web server's own pages, to calls that the web
 * server rejects before they reach a handler, such as malformed HTTP.
 */
public final class ServerErrorProblems extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateCacheControl(Response response) {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            Throwable cause,
            Callback callback) {
        Problem problem = problem(code, message);
        String document = Json.write(problem.document(pathOf(request)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.VARY, "Origin");
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    /**
     * Returns the path; null if the web server could not parse it and reports a placeholder
     * instead.
     */
    private static @Nullable String pathOf(Request request) {
        String path = request.getHttpURI().getPath();
        return "/badMessage".equals(path) ? null : path;
    }

    /** Omits the web server's own messages, which are for operators. */
    private static Problem problem(int status, String message) {
        Problem problem = Problem.ofStatus(status);
        return message.startsWith(ExceptionProblems.REFERENCE)
                ? problem.withDetail(message)
                : problem;
    }
}
