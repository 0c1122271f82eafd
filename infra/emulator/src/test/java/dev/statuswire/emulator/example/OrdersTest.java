package dev.statuswire.emulator.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.Emulator;
import dev.statuswire.emulator.junit.EmulatorExtension;
import dev.statuswire.emulator.junit.WebSocketClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class OrdersTest {

    @RegisterExtension
    static final EmulatorExtension AWS = new EmulatorExtension(OrdersTest::setUp);

    private static void setUp(Emulator aws) {
        aws.table("orders", "id");
        aws.table("connections", "id");
        aws.stream("orders", new OrderHandler(aws.dynamoDb(), aws.connections()));
        aws.webSocket(new ConnectionHandler(aws.dynamoDb()));
    }

    @Test
    void an_order_that_is_written_reaches_the_client(Emulator aws) throws Exception {
        try (WebSocketClient client = WebSocketClient.open(aws.webSocketUrl())) {
            var order = Map.of("id", AttributeValue.fromS("order-1"));
            aws.dynamoDb().putItem(put -> put.tableName("orders").item(order));
            assertThat(client.next()).isEqualTo("order-1");
        }
    }
}
