package dev.statuswire.tests.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A third-party web server with one page, which has its own strict content security policy. */
final class ForeignSite implements AutoCloseable {

    private static final Pattern SCRIPT =
            Pattern.compile("<script type=\"module\">(.*?)</script>", Pattern.DOTALL);

    private final HttpServer server;
    private volatile String page = "";
    private volatile String policy = "";

    private ForeignSite(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    static ForeignSite open() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new ForeignSite(HttpServer.create(address, 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Serves this page from now on.
     *
     * @param allowed the directives that the page needs; its inline script is allowed by its hash
     */
    void show(String html, String allowed) {
        page = html;
        policy =
                String.join(
                        "; ",
                        "default-src 'none'",
                        allowed.strip().replace("script-src", "script-src" + hashOfScript(html)),
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'",
                        "trusted-types 'none'");
    }

    /** Returns a source expression after a space; empty if the page has no inline script. */
    private static String hashOfScript(String html) {
        Matcher script = SCRIPT.matcher(html);
        if (!script.find()) {
            return "";
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(UTF_8));
            return " 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = page.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
