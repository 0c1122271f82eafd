package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Crowd;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Samples;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.util.ArrayList;
import java.util.List;

/**
 * How many connections are open is not to slow down what comes, nor to make the push to each one
 * dearer. One request at a time, in turns with a runtime that has one connection.
 */
public final class LiveGrowth implements Scenario {

    @Override
    public String name() {
        return "live-growth";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        try (var quiet = Statuswire.start(place);
                var crowded = Statuswire.start(place);
                var quietApi = new Api(quiet.page());
                var crowdedApi = new Api(crowded.page());
                var one = Crowd.ofSubscribers(quietApi);
                var crowd = Crowd.ofSubscribers(crowdedApi)) {
            one.growTo(1);
            var alone = new Side(quietApi, one);
            var among = new Side(crowdedApi, crowd);
            var figures = new ArrayList<Figure>();
            for (int connections : scale == Scale.WHOLE ? List.of(100, 1000) : List.of(100)) {
                crowd.growTo(connections);
                turns(scale.of(100, 20), alone, new Times(), among, new Times());
                var limit = new Times();
                var ours = new Times();
                turns(scale.of(60, 20), alone, limit, among, ours);
                figures.addAll(ours.beside(limit, connections));
            }
            return figures;
        }
    }

    private static void turns(int number, Side alone, Times limit, Side among, Times ours)
            throws InterruptedException {
        for (int turn = 0; turn < number; turn++) {
            alone.one(limit);
            among.one(ours);
        }
    }

    private record Side(Api api, Crowd crowd) {

        /** Until all have heard its end; then the list is read. */
        void one(Times times) throws InterruptedException {
            double seconds =
                    crowd.seconds(1, () -> times.accepted.time(() -> api.submit(Api.newId())));
            times.heard.add((long) (1e9 * seconds));
            times.list.time(() -> api.get("/requests?limit=50"));
        }
    }

    private record Times(Samples accepted, Samples heard, Samples list) {

        Times() {
            this(new Samples(), new Samples(), new Samples());
        }

        List<Figure> beside(Times limit, int connections) {
            return List.of(
                    figure("accept", connections, accepted.median(), limit.accepted),
                    figure("list", connections, list.median(), limit.list),
                    figure("push", connections, heard.median() / connections, limit.heard));
        }

        private static Figure figure(String what, int connections, double millis, Samples limit) {
            return new Figure(
                    "growth.%s.%d-connections".formatted(what, connections),
                    "1 connection",
                    millis,
                    limit.median(),
                    "ms",
                    Target.atMost(1.3));
        }
    }
}
