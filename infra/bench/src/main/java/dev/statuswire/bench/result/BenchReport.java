package dev.statuswire.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measurements, as a table for people and as JSON for programs.
 *
 * @param measurements in the order in which they are shown
 */
public record BenchReport(List<Measurement> measurements) {

    private static final String ROW = "%-32s %9s %9s  %-11s %8s  %-8s %-4s %s%n";

    /** Prints a table. */
    public void print(PrintStream out) {
        out.printf(
                ROW,
                "measurement",
                "value",
                "baseline",
                "unit",
                "ratio",
                "target",
                "met",
                "compared with");
        for (Measurement it : measurements) {
            out.printf(
                    ROW,
                    it.name(),
                    format(it.value()),
                    format(it.baseline()),
                    it.unit(),
                    format(it.ratio()),
                    it.target(),
                    it.meetsTarget() ? "yes" : "NO",
                    it.baselineName());
        }
    }

    /** Returns three significant digits, or all digits of a larger number's integer part. */
    static String format(double number) {
        if (!Double.isFinite(number)) {
            return "?";
        }
        double size = Math.abs(number);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /**
     * Writes {@code {"measurements":[{"name","baselineName","value","baseline","unit","ratio",
     * "target","sense","met"}]}}. NaN is written as null.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        ObjectNode report = Json.MAPPER.createObjectNode();
        var list = report.putArray("measurements");
        measurements.forEach(measurement -> list.add(json(measurement)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }

    private static ObjectNode json(Measurement measurement) {
        Target target = measurement.target();
        return Json.MAPPER
                .createObjectNode()
                .put("name", measurement.name())
                .put("baselineName", measurement.baselineName())
                .put("value", finite(measurement.value()))
                .put("baseline", finite(measurement.baseline()))
                .put("unit", measurement.unit())
                .put("ratio", finite(measurement.ratio()))
                .put("target", target.ratio())
                .put("sense", target.sense().name().toLowerCase(Locale.ROOT))
                .put("met", measurement.meetsTarget());
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
