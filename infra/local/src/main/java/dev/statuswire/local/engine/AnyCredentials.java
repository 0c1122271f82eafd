package dev.statuswire.local.engine;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Replaces the signature of each call by one whose access key and region DynamoDB Local takes. It
 * takes no access keys but those of letters and digits, and splits the header at {@code =} and
 * {@code /}, although what it finds decides nothing here. A call without a signature stays one: it
 * gets {@code MissingAuthenticationTokenException}, as on AWS.
 */
final class AnyCredentials extends Handler.Wrapper {

    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=local/20261129/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0";

    AnyCredentials(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Signed(request), response, callback);
    }

    private static final class Signed extends Request.Wrapper {

        private final HttpFields headers;

        Signed(Request request) {
            super(request);
            String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
            HttpFields.Mutable changed = HttpFields.build(request.getHeaders());
            headers =
                    given == null || given.isBlank()
                            ? changed.remove(HttpHeader.AUTHORIZATION)
                            : changed.put(HttpHeader.AUTHORIZATION, SIGNATURE);
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
