package dev.statuswire.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.statuswire.emulator.junit.WebSocketClient;
import dev.statuswire.emulator.queue.SqsDelayQueue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;

final class EmulatorTest {

    private static final StaticCredentialsProvider ANY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    private final Emulator aws = Emulator.start();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void a_stream_handler_gets_the_changes_that_match_its_filter() throws Exception {
        aws.table("things", "id");
        aws.stream(
                "things",
                (event, _) -> {
                    event.getRecords().forEach(it -> calls.add(it.getEventName()));
                    return null;
                },
                "{\"eventName\":[\"REMOVE\"]}");
        put("things");
        var key = Map.of("id", AttributeValue.fromS("a"));
        var _ = aws.dynamoDb().deleteItem(delete -> delete.tableName("things").key(key));
        assertThat(nextCall()).isEqualTo("REMOVE");
    }

    @Test
    void a_function_can_be_invoked_asynchronously_by_name() throws Exception {
        aws.register("greeter", String.class, (name, _) -> calls.add(name));
        try (LambdaClient lambda =
                LambdaClient.builder()
                        .endpointOverride(aws.lambdaEndpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(ANY)
                        .build()) {
            var _ =
                    lambda.invoke(
                            it ->
                                    it.functionName("greeter")
                                            .invocationType(InvocationType.EVENT)
                                            .payload(
                                                    software.amazon.awssdk.core.SdkBytes
                                                            .fromUtf8String("\"Ada\"")));
        }
        assertThat(nextCall()).isEqualTo("Ada");
    }

    @Test
    void a_queue_handler_gets_the_messages_sent() throws Exception {
        SqsDelayQueue queue =
                aws.queue(
                        "later", (event, _) -> calls.add(event.getRecords().getFirst().getBody()));
        try (SqsClient sqs =
                SqsClient.builder()
                        .endpointOverride(queue.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(ANY)
                        .build()) {
            var _ = sqs.sendMessage(it -> it.queueUrl(queue.url()).messageBody("hello"));
        }
        assertThat(nextCall()).isEqualTo("hello");
    }

    @Test
    void a_route_handler_replies_to_its_client() throws Exception {
        aws.webSocket(EmulatorTest::replying, "shout");
        try (WebSocketClient client = WebSocketClient.open(aws.webSocketUrl())) {
            client.send("{\"action\":\"shout\"}");
            assertThat(client.next()).isEqualTo("shout");
            client.send("{\"action\":\"whisper\"}");
            assertThat(client.next()).isEqualTo("$default");
        }
    }

    private static APIGatewayV2WebSocketResponse replying(
            APIGatewayV2WebSocketEvent event, Object context) {
        var response = new APIGatewayV2WebSocketResponse();
        response.setStatusCode(200);
        response.setBody(event.getRequestContext().getRouteKey());
        return response;
    }

    @Test
    void a_handler_s_exception_is_kept_and_the_handler_is_called_again() throws Exception {
        var failed = new AtomicBoolean();
        aws.table("things", "id");
        aws.stream(
                "things",
                (event, _) -> {
                    if (!failed.getAndSet(true)) {
                        throw new IllegalStateException("on purpose");
                    }
                    return calls.add("again");
                });
        put("things");
        assertThat(nextCall()).isEqualTo("again");
        assertThat(aws.takeErrors())
                .singleElement()
                .satisfies(error -> assertThat(error).hasMessage("on purpose"));
        assertThat(aws.takeErrors()).isEmpty();
    }

    @Test
    void without_a_websocket_api_there_is_no_url() {
        assertThatIllegalStateException().isThrownBy(aws::webSocketUrl);
    }

    @Test
    void closing_the_emulator_closes_every_port() {
        aws.webSocket(EmulatorTest::replying);
        List<URI> ports =
                List.of(
                        aws.dynamoDbEndpoint(),
                        aws.lambdaEndpoint(),
                        URI.create("http://" + aws.webSocketUrl().getAuthority()));
        aws.close();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (URI port : ports) {
                assertThatThrownBy(
                                () ->
                                        http.send(
                                                HttpRequest.newBuilder(port).build(),
                                                HttpResponse.BodyHandlers.discarding()))
                        .as("%s", port)
                        .isInstanceOf(java.net.ConnectException.class);
            }
        }
    }

    private void put(String table) {
        var item = Map.of("id", AttributeValue.fromS("a"));
        var _ = aws.dynamoDb().putItem(put -> put.tableName(table).item(item));
    }

    private String nextCall() throws InterruptedException {
        String call = calls.poll(30, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no handler was called");
        }
        return call;
    }
}
