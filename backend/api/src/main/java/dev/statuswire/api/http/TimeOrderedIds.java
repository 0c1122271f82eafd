package dev.statuswire.api.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Generates UUIDs of version 7, which sort by time. Thread-safe. */
public final class TimeOrderedIds implements Supplier<String> {

    private final TimeBasedEpochRandomGenerator generator =
            Generators.timeBasedEpochRandomGenerator(new SecureRandom());

    @Override
    public String get() {
        return generator.generate().toString();
    }
}
