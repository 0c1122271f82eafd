package dev.statuswire.bench.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as a table for people and as JSON for programs. */
public final class Report {

    private static final String ROW = "%-34s %9s %9s  %-10s %8s  %-8s %-5s %s%n";

    private final List<Figure> figures;

    /** Of {@code figures}, in this order. */
    public Report(List<Figure> figures) {
        this.figures = List.copyOf(figures);
    }

    /** Whether every target is met. */
    public boolean holds() {
        return figures.stream().allMatch(Figure::holds);
    }

    /** Prints a table. */
    public void print(PrintStream out) {
        out.printf(ROW, "figure", "ours", "limit", "unit", "ratio", "target", "holds", "beside");
        figures.forEach(figure -> print(figure, out));
    }

    private static void print(Figure figure, PrintStream out) {
        out.printf(
                ROW,
                figure.name(),
                Numbers.shortly(figure.ours()),
                Numbers.shortly(figure.limit()),
                figure.unit(),
                Numbers.shortly(figure.ratio()),
                figure.target(),
                figure.holds() ? "yes" : "NO",
                figure.beside());
    }

    /**
     * Writes {@code {"figures":[{"name","beside","ours","limit","unit","ratio","target","sense",
     * "holds"}]}}. What is not a number is null.
     *
     * @throws IOException where it cannot be written
     */
    public void write(Path file) throws IOException {
        ObjectNode report = Json.MAPPER.createObjectNode();
        var list = report.putArray("figures");
        figures.forEach(figure -> list.add(json(figure)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }

    private static ObjectNode json(Figure figure) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", figure.name());
        json.put("beside", figure.beside());
        json.put("ours", finite(figure.ours()));
        json.put("limit", finite(figure.limit()));
        json.put("unit", figure.unit());
        json.put("ratio", finite(figure.ratio()));
        json.put("target", figure.target().ratio());
        json.put("sense", figure.target().sense().name().toLowerCase(Locale.ROOT));
        json.put("holds", figure.holds());
        return json;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
