package dev.statuswire.api.contract;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.store.RequestStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A front end under test, with its store: a server for {@code PUT /requests/{id}}, {@code GET
 * /status/{id}} and the API's other calls. It knows the test types, and takes the owner of a call
 * from {@link ApiClient#as}.
 */
public interface Door extends AutoCloseable {

    /** Returns a client of this front end, with the owner {@code local}. */
    ApiClient client();

    /** Returns the store of this front end. */
    RequestStore store();

    /** Returns the clock to use when a test writes to the store. */
    InstantSource clock();

    /** Returns the differences from the API. */
    Set<Difference> differences();

    /** Returns the calls that this front end has made to the database so far. */
    List<String> databaseCalls();

    /** Returns whether this front end has {@code difference}. */
    default boolean has(Difference difference) {
        return differences().contains(difference);
    }

    @Override
    void close();
}
