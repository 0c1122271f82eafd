package dev.statuswire.bench.scenario;

import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Crowd;
import dev.statuswire.bench.figure.Figure;
import dev.statuswire.bench.figure.Rounds;
import dev.statuswire.bench.figure.Target;
import dev.statuswire.bench.process.BareSockets;
import dev.statuswire.bench.process.Place;
import dev.statuswire.bench.process.Statuswire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many open connections of one owner: what an idle one takes, and how fast all of them hear of each
 * change of a request.
 */
public final class LiveConnections implements Scenario {

    @Override
    public String name() {
        return "live-connections";
    }

    @Override
    public List<Figure> measure(Place place, Scale scale) throws InterruptedException {
        int many = scale.of(1000, 200);
        try (var statuswire = Statuswire.start(place);
                var bare = BareSockets.start(place);
                var api = new Api(statuswire.page());
                var ours = Crowd.ofSubscribers(api);
                var theirs = Crowd.ofSockets(bare.uri())) {
            ours.growTo(1);
            theirs.growTo(1);
            notes(api, ours, scale.of(300, 60));
            var figures = new ArrayList<Figure>();
            long oursBefore = statuswire.liveHeapBytes();
            long theirsBefore = bare.liveHeapBytes();
            ours.growTo(many);
            theirs.growTo(many);
            figures.add(
                    new Figure(
                            "connection.heap",
                            "bare Jetty WebSocket",
                            (statuswire.liveHeapBytes() - oursBefore) / (many - 1.0) / 1024,
                            (bare.liveHeapBytes() - theirsBefore) / (many - 1.0) / 1024,
                            "KiB",
                            Target.atMost(2.0)));
            figures.add(pushed(api, ours, theirs, bare, file(place, ours), scale));
            return figures;
        }
    }

    private static Figure pushed(
            Api api, Crowd ours, Crowd theirs, BareSockets bare, Path frame, Scale scale)
            throws InterruptedException {
        var rounds = new Rounds();
        int requests = scale.of(10, 6);
        for (int warmUp = 0; warmUp < scale.of(3, 1); warmUp++) {
            notes(api, ours, requests);
            send(bare, theirs, frame, requests);
        }
        for (int round = 0; round < scale.of(5, 3); round++) {
            double pushes = notes(api, ours, requests);
            rounds.add(pushes, send(bare, theirs, frame, requests));
        }
        return rounds.figure(
                "push." + ours.size() + "-connections",
                "bare Jetty WebSocket, same bytes",
                "frames/s",
                Target.atLeast(0.2));
    }

    /** Submits one after the other; frames a second until everybody has heard of every change. */
    private static double notes(Api api, Crowd crowd, int requests) throws InterruptedException {
        return crowd.framesPerSecond(
                requests,
                () -> {
                    for (int n = 0; n < requests; n++) {
                        api.submit(Api.newId());
                    }
                });
    }

    private static double send(BareSockets bare, Crowd crowd, Path frame, int times)
            throws InterruptedException {
        return crowd.framesPerSecond(times, () -> bare.send(frame, times));
    }

    private static Path file(Place place, Crowd crowd) {
        try {
            Path file = place.newFolder("frame").resolve("frame.json");
            return Files.writeString(file, crowd.lastFrame());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
