package dev.statuswire.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
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
    void both_doors_show_the_same_tables_to_any_credentials_and_region() {
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

    @Test
    void a_write_through_the_http_door_calls_the_listeners() {
        Tables.create(engine.client(), "things");
        AtomicInteger calls = new AtomicInteger();
        engine.onWrite("things", calls::incrementAndGet);
        try (DynamoDbClient http = overHttp("local", Region.US_EAST_1)) {
            http.putItem(put -> put.tableName("things").item(Tables.item("a", "1")));
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_taken_port_is_one_clear_message() {
        int port = engine.endpoint().getPort();
        assertThatThrownBy(() -> EmbeddedDynamoDb.inMemory(port))
                .isInstanceOf(EngineStartException.class)
                .hasMessage(
                        "DynamoDB Local cannot listen on 127.0.0.1:"
                                + port
                                + ": the port is taken");
    }

    @Test
    void only_the_loopback_address_listens() throws IOException {
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
    void a_request_under_a_foreign_host_name_is_refused() throws IOException {
        assertThat(statusLine("evil.example")).contains(" 403 ");
        assertThat(statusLine("127.0.0.1:" + engine.endpoint().getPort())).contains(" 400 ");
    }

    @Test
    void no_telemetry_is_set_up() {
        assertThat(Telemetry.getTelemetry()).isEmpty();
    }

    @Test
    void a_closed_engine_refuses_calls_and_closes_twice() {
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
