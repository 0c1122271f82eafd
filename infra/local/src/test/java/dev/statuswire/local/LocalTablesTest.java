package dev.statuswire.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.TableNames;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class LocalTablesTest {

    private static final EmbeddedDynamoDb ENGINE = EmbeddedDynamoDb.inMemory(0);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** The state that a process leaves if it is killed in between. */
    @Test
    void table_without_a_first_item_gets_exactly_one() {
        TableNames names = TableNames.from(new Environment(Map.of()));
        ENGINE.client().createTable(TableDefinition.REQUESTS.named(names.requests()));
        var tables = new LocalTables(ENGINE.client(), names);

        tables.makeWhatIsMissing();
        tables.makeWhatIsMissing();

        assertThat(ENGINE.client().scan(scan -> scan.tableName(names.requests())).items())
                .singleElement()
                .extracting("id")
                .isEqualTo(AttributeValue.fromS("first-item"));
    }
}
