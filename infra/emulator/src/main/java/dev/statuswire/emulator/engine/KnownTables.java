package dev.statuswire.emulator.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.LocalDBAccess;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;

/**
 * What lies beneath DynamoDB Local's operations, but each table's keys and indexes are read once.
 * DynamoDB Local reads and parses them for each call, as a job of its own for the one thread that
 * has the file: a third of the jobs of a write, half of a query's. Thread-safe.
 *
 * <p>Whatever is not known to leave tables as they are has all be read anew.
 */
final class KnownTables implements InvocationHandler {

    private final LocalDBAccess tables;

    /** Replaced, not emptied: who read a table before it changed puts it where nobody looks. */
    private volatile Map<String, TableInfo> known = new ConcurrentHashMap<>();

    private KnownTables(LocalDBAccess tables) {
        this.tables = tables;
    }

    static LocalDBAccess of(LocalDBAccess tables) {
        return (LocalDBAccess)
                Proxy.newProxyInstance(
                        LocalDBAccess.class.getClassLoader(),
                        new Class<?>[] {LocalDBAccess.class},
                        new KnownTables(tables));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("getTableInfo") && arguments != null) {
            return info((String) arguments[0]);
        }
        if (method.getName().equals("fetchAllTablesWithTimeToLiveEnabled")) {
            return Map.of(); // for DynamoDB Local's own job only, which TimeToLive is instead of
        }
        try {
            return InterceptedClient.call(tables, method, arguments);
        } finally {
            if (!leavesTables(method.getName())) {
                known = new ConcurrentHashMap<>();
            }
        }
    }

    private @Nullable TableInfo info(String table) {
        return known.computeIfAbsent(table, tables::getTableInfo);
    }

    private static boolean leavesTables(String method) {
        return method.endsWith("Record")
                || method.endsWith("Transaction")
                || Stream.of("get", "query", "list", "fetch", "shard").anyMatch(method::startsWith);
    }
}
