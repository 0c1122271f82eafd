package dev.statuswire.types.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.table.TableDefinition;
import org.junit.jupiter.api.Test;

final class UsersTableTest {

    @Test
    void attributes_are_those_of_the_table_that_the_stack_creates() {
        assertThat(UsersTable.KEY).isEqualTo(TableDefinition.USERS.partitionKey());
        assertThat(UsersTable.EXPIRES_AT).isEqualTo(TableDefinition.USERS.timeToLive());
    }
}
