package dev.statuswire.emulator.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Replaces the signature of each call with one whose access key and region DynamoDB Local accepts.
 * DynamoDB Local accepts only access keys of letters and digits, and splits the header at {@code =}
 * and {@code /}, although the emulator ignores what it finds there. A call without a signature, or
 * with credentials of another scheme, is rejected as on AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
 *     handling with DynamoDB</a>: {@code MissingAuthenticationTokenException}, 400
 */
final class CredentialsRewriter extends Handler.Wrapper {

    /** The prefix of the names of all signature version 4 algorithms. */
    private static final String SCHEME = "AWS4-";

    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=local/20261129/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0";

    private static final String MISSING =
            "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                    + "\"message\":\"Request is missing Authentication Token\"}";

    CredentialsRewriter(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        boolean isSigned = given != null && given.strip().startsWith(SCHEME);
        return isSigned
                ? super.handle(new Signed(request), response, callback)
                : reject(response, callback);
    }

    private static boolean reject(Response response, Callback callback) {
        response.setStatus(HttpStatus.BAD_REQUEST_400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        response.write(true, ByteBuffer.wrap(MISSING.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private static final class Signed extends Request.Wrapper {

        private final HttpFields headers;

        Signed(Request request) {
            super(request);
            headers =
                    HttpFields.build(request.getHeaders()).put(HttpHeader.AUTHORIZATION, SIGNATURE);
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
