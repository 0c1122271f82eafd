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
 * Answers with problem documents what the web server refuses before it calls us, such as what is
 * not HTTP, instead of its own pages.
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
     * Null if not even the path could be read, in whose place the web server has one of its own.
     */
    private static @Nullable String pathOf(Request request) {
        String path = request.getHttpURI().getPath();
        return "/badMessage".equals(path) ? null : path;
    }

    /** The web server's own messages are for those who run it. */
    private static Problem problem(int status, String message) {
        Problem problem = Problem.ofStatus(status);
        return message.startsWith(ExceptionProblems.REFERENCE)
                ? problem.withDetail(message)
                : problem;
    }
}
