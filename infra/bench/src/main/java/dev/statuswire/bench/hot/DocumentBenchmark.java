package dev.statuswire.bench.hot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.type.RequestTypes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a request to its status document, and on to what is sent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DocumentBenchmark {

    private final StatusDocuments documents = new StatusDocuments(RequestTypes.load());
    private final Request request = Example.claimed();

    /** The document alone. */
    @Benchmark
    public ObjectNode requestToDocument() {
        return documents.of(request);
    }

    /** The document as the text that a page gets. */
    @Benchmark
    public String requestToText() {
        return Json.write(documents.of(request));
    }
}
