package dev.statuswire.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;

final class EmbeddedDynamoDbTest {

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void http_serves_the_same_tables_to_any_credentials_and_region() {
        Tables.create(engine.client(), "things");
        try (DynamoDbClient someone = overHttp("AKIAIOSFODNN7EXAMPLE", Region.EU_CENTRAL_1);
                DynamoDbClient another = overHttp("other", Region.US_WEST_2)) {
            someone.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
            assertThat(another.getItem(get -> get.tableName("things").key(Tables.key("a"))).item())
                    .isEqualTo(Tables.item("a", "1"));
        }
        assertThat(
                        engine.client()
                                .getItem(get -> get.tableName("things").key(Tables.key("a")))
                                .hasItem())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my-key", "dev_user", "test.user", "a/b=c", "Ädmin", "user@example.com"})
    void any_access_key_may_call_the_tables_and_their_streams(String accessKey) throws Exception {
        Tables.create(engine.client(), "things");
        String signature =
                "AWS4-HMAC-SHA256 Credential="
                        + accessKey
                        + "/20261129/eu-west-1/dynamodb/aws4_request, SignedHeaders=host,"
                        + " Signature=0";
        assertThat(call("DynamoDB_20120810.ListTables", signature)).contains("things");
        assertThat(call("DynamoDBStreams_20120810.ListStreams", signature)).contains("things");
    }

    @Test
    void any_session_token_is_accepted() {
        Tables.create(engine.client(), "things");
        try (DynamoDbClient http =
                DynamoDbClient.builder()
                        .endpointOverride(engine.endpoint())
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsSessionCredentials.create("my-key", "s", "a token")))
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build()) {
            assertThat(http.listTables().tableNames()).contains("things");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer x", "Basic bG9jYWw6bG9jYWw=", "local"})
    void a_call_without_a_signature_is_rejected_as_on_aws(String credentials) throws Exception {
        assertThat(call("DynamoDB_20120810.ListTables", credentials))
                .isEqualTo(
                        "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                                + "\"message\":\"Request is missing Authentication Token\"}");
    }

    @Test
    void a_call_from_a_web_page_is_rejected() throws Exception {
        var call =
                HttpRequest.newBuilder(engine.endpoint())
                        .header("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e")
                        .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                        .header("Origin", "https://evil.example")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        assertThat(send(call).statusCode()).isEqualTo(403);
    }

    private String call(String target, String signature) throws Exception {
        var call =
                HttpRequest.newBuilder(engine.endpoint())
                        .header("Authorization", signature)
                        .header("X-Amz-Target", target)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        return send(call).body();
    }

    private static HttpResponse<String> send(HttpRequest call) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(call, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void a_write_over_http_calls_the_listeners() {
        Tables.create(engine.client(), "things");
        AtomicInteger calls = new AtomicInteger();
        engine.onWrite("things", calls::incrementAndGet);
        try (DynamoDbClient http = overHttp("local", Region.US_EAST_1)) {
            http.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_taken_port_is_reported_in_one_line() {
        int port = engine.endpoint().getPort();
        assertThatThrownBy(() -> EmbeddedDynamoDb.inMemory(port))
                .isInstanceOf(EngineStartException.class)
                .hasMessage(
                        "DynamoDB Local cannot listen on 127.0.0.1:"
                                + port
                                + ": the port is taken");
    }

    @Test
    void it_listens_on_the_loopback_address_only() throws IOException {
        int port = engine.endpoint().getPort();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address :
                    network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
                assertThatThrownBy(() -> new Socket(address, port).close())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void a_request_with_another_host_name_is_rejected() throws IOException {
        assertThat(statusLine("evil.example")).contains(" 403 ");
        assertThat(statusLine("127.0.0.1:" + engine.endpoint().getPort())).contains(" 400 ");
    }

    @Test
    void telemetry_is_not_set_up() {
        assertThat(Telemetry.getTelemetry()).isEmpty();
    }

    @Test
    void a_closed_engine_rejects_calls_and_can_be_closed_again() {
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.client().listTables())
                .isInstanceOf(SdkClientException.class);
    }

    private DynamoDbClient overHttp(String accessKey, Region region) {
        return DynamoDbClient.builder()
                .endpointOverride(engine.endpoint())
                .region(region)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(accessKey, "secret")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    private String statusLine(String host) throws IOException {
        URI endpoint = engine.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            String request =
                    "POST / HTTP/1.1\r\nHost: "
                            + host
                            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
