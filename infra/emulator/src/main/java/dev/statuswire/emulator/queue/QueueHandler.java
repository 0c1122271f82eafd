package dev.statuswire.emulator.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The SQS operation SendMessage over HTTP, in the AWS JSON 1.0 protocol.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class QueueHandler extends Handler.Abstract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEND = "AmazonSQS.SendMessage";
    private static final int LARGEST_BODY = 256 * 1024;

    /** The size of a request with a body of that size, each character escaped. */
    private static final int LARGEST_CALL = 8 * LARGEST_BODY;

    private static final int LONGEST_DELAY_SECONDS = 900;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final SqsQueueSettings settings;
    private final QueuedMessages messages;

    QueueHandler(SqsQueueSettings settings, QueuedMessages messages) {
        this.settings = settings;
        this.messages = messages;
    }

    /** Returns the path of a queue's URL. */
    static String path(String name) {
        return "/000000000000/" + name;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        ObjectNode result = handle(request);
        boolean isError = result.has("__type");
        response.setStatus(isError ? BAD_REQUEST : OK);
        response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
        response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        byte[] body = JSON.writeValueAsBytes(result);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private ObjectNode handle(Request request) throws IOException {
        String operation = String.valueOf(request.getHeaders().get("X-Amz-Target"));
        if (!operation.equals(SEND)) {
            return error("InvalidAction", "only SendMessage is implemented, not " + operation);
        }
        byte[] call = Content.Source.asInputStream(request).readNBytes(LARGEST_CALL + 1);
        try {
            return send(JSON.readTree(call));
        } catch (JsonProcessingException notJson) {
            return error("SerializationException", "the request is not JSON");
        }
    }

    private ObjectNode send(JsonNode call) {
        String body = call.path("MessageBody").asText();
        int delay = call.path("DelaySeconds").asInt();
        if (!call.path("QueueUrl").asText().endsWith("/" + settings.name())) {
            return error(
                    "QueueDoesNotExist", "the only queue at this endpoint is " + settings.name());
        }
        if (body.isEmpty() || body.getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
            return error("InvalidParameterValue", "a message body must have 1 byte to 256 KiB");
        }
        if (delay < 0 || delay > LONGEST_DELAY_SECONDS) {
            return error("InvalidParameterValue", "DelaySeconds must be 0 to 900, not " + delay);
        }
        String id = UUID.randomUUID().toString();
        messages.send(id, body, Duration.ofSeconds(delay));
        return JSON.createObjectNode().put("MessageId", id).put("MD5OfMessageBody", md5(body));
    }

    private static ObjectNode error(String type, String message) {
        return JSON.createObjectNode()
                .put("__type", "com.amazonaws.sqs#" + type)
                .put("message", message);
    }

    /** Returns the MD5 of a body, as in SQS responses. The SDK verifies it. */
    static String md5(String body) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
