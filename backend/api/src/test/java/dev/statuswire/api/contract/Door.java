package dev.statuswire.api.contract;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.store.RequestStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A server that answers {@code PUT /requests/{id}} and {@code GET /status/{id}}, and the calls
 * beside them, with what is behind it. It knows the test types, and takes {@link ApiClient#as} for
 * who is calling.
 */
public interface Door extends AutoCloseable {

    /** A client of it, whose owner is {@code local}. */
    ApiClient client();

    /** Where its requests are kept. */
    RequestStore store();

    /** The clock for what a test writes into the store. */
    InstantSource clock();

    /** What it does otherwise than the API. */
    Set<Difference> differences();

    /** Its calls to the database until now. */
    List<String> databaseCalls();

    /** Whether it differs in that. */
    default boolean has(Difference difference) {
        return differences().contains(difference);
    }

    @Override
    void close();
}
