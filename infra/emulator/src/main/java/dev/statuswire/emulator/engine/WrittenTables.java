package dev.statuswire.emulator.engine;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The tables whose items a request may have changed. */
@FunctionalInterface
interface WrittenTables {

    /** PartiQL statements are not parsed, so they may have changed any table. */
    WrittenTables ANY = table -> true;

    WrittenTables NONE = table -> false;

    /** Returns whether the request may have changed an item of {@code table}. */
    boolean mayInclude(String table);

    static WrittenTables of(SdkRequest request) {
        return switch (request) {
            case PutItemRequest put -> only(put.tableName());
            case UpdateItemRequest update -> only(update.tableName());
            case DeleteItemRequest delete -> only(delete.tableName());
            case BatchWriteItemRequest batch -> only(batch.requestItems().keySet().stream());
            case TransactWriteItemsRequest transaction ->
                    only(transaction.transactItems().stream().map(WrittenTables::of));
            case ExecuteStatementRequest _,
                    BatchExecuteStatementRequest _,
                    ExecuteTransactionRequest _ ->
                    ANY;
            default -> NONE;
        };
    }

    private static String of(TransactWriteItem item) {
        if (item.put() != null) {
            return item.put().tableName();
        } else if (item.update() != null) {
            return item.update().tableName();
        }
        return item.delete() == null ? "" : item.delete().tableName();
    }

    private static WrittenTables only(@Nullable String table) {
        return only(Stream.ofNullable(table));
    }

    private static WrittenTables only(Stream<String> tables) {
        Set<String> names = tables.map(WrittenTables::name).collect(Collectors.toSet());
        return names::contains;
    }

    /** A table may be given by its ARN, {@code arn:aws:dynamodb:…:table/<name>}. */
    private static String name(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
