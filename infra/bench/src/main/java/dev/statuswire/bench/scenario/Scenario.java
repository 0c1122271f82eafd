package dev.statuswire.bench.scenario;

import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.process.Place;
import java.util.List;

/** What is measured together, on processes that it starts and ends itself. */
public interface Scenario {

    /** What it is called with {@code --only}. */
    String name();

    /**
     * Measures. Blocks for as long as that takes.
     *
     * @throws IllegalStateException where something did what it may not, so that figures of it
     *     would mean nothing
     */
    List<Figure> measure(Place place, Scale scale) throws InterruptedException;
}
