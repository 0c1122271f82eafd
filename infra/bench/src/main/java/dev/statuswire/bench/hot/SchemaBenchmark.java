package dev.statuswire.bench.hot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.InputError;
import dev.statuswire.api.request.InputSchemas;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The check of an input against its type's schema. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SchemaBenchmark {

    private final InputSchemas schemas = new InputSchemas(RequestTypes.load());
    private final JsonNode good = Json.parse(Example.INPUT).orElseThrow();
    private final JsonNode bad =
            Json.parse("{\"dish\":\"fish\",\"quantity\":0,\"table\":1}").orElseThrow();

    /** An input that is as it should be. */
    @Benchmark
    public List<InputError> goodInput() {
        return schemas.errorsOf(Example.TYPE, good, "/input");
    }

    /** One that breaks three rules. */
    @Benchmark
    public List<InputError> badInput() {
        return schemas.errorsOf(Example.TYPE, bad, "/input");
    }
}
