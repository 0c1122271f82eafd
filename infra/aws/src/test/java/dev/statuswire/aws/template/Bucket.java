package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that the bucket deployments of a template upload, read from the assets next to the
 * template.
 */
final class Bucket {

    private static final Reply DENIED =
            Reply.of(
                    403,
                    Map.of("Content-Type", "application/xml"),
                    "<Error><Code>AccessDenied</Code></Error>");

    private final Network network;
    private final Map<String, Reply> objects = new TreeMap<>();

    /**
     * @param assets the folder of the template
     */
    Bucket(Template template, Network network, Resource bucket, Path assets) {
        this.network = network;
        template.all("Custom::CDKBucketDeployment").stream()
                .filter(it -> it.text("DestinationBucketName").equals(template.ref(bucket)))
                .forEach(it -> deploy(it, assets));
    }

    private void deploy(Resource deployment, Path assets) {
        List<String> keys = RestMethod.texts(deployment.get("SourceObjectKeys"));
        for (int i = 0; i < keys.size(); i++) {
            // Placeholders for values that only CloudFormation knows.
            Map<String, String> markers = RestMethod.map(deployment.get("SourceMarkers").path(i));
            add(deployment, assets, "asset." + keys.get(i), markers);
        }
    }

    private void add(Resource deployment, Path assets, String asset, Map<String, String> markers) {
        try {
            Path folder = assets.resolve(asset.replaceFirst("\\.zip$", ""));
            if (Files.isDirectory(folder)) {
                addFiles(deployment, folder, markers);
            } else {
                try (FileSystem zip = FileSystems.newFileSystem(assets.resolve(asset))) {
                    addFiles(deployment, zip.getPath("/"), markers);
                }
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private void addFiles(Resource deployment, Path folder, Map<String, String> markers)
            throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (isDeployed(deployment, name)) {
                    String prefix = deployment.text("DestinationBucketKeyPrefix");
                    objects.put(
                            prefix.isEmpty() ? name : prefix + "/" + name,
                            object(deployment, name, Files.readAllBytes(file), markers));
                }
            }
        }
    }

    /**
     * Applies the filters as {@code aws s3 sync --exclude … --include …} does: the last matching
     * filter decides.
     */
    private static boolean isDeployed(Resource deployment, String name) {
        return fits(deployment.get("Include"), name) || !fits(deployment.get("Exclude"), name);
    }

    private static boolean fits(JsonNode patterns, String name) {
        return patterns.valueStream()
                .anyMatch(it -> Policies.wildcards(it.asText()).matcher(name).matches());
    }

    private Reply object(
            Resource deployment, String name, byte[] content, Map<String, String> markers) {
        JsonNode metadata = deployment.get("SystemMetadata");
        var headers = new TreeMap<String, List<String>>();
        headers.put("Content-Type", List.of(metadata.path("content-type").asText(mediaType(name))));
        if (metadata.has("cache-control")) {
            headers.put("Cache-Control", List.of(metadata.path("cache-control").asText()));
        }
        if (markers.isEmpty()) {
            return new Reply(200, headers, content);
        }
        String text = new String(content, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> marker : markers.entrySet()) {
            text = text.replace(marker.getKey(), marker.getValue());
        }
        return new Reply(200, headers, network.local(text, null).getBytes(StandardCharsets.UTF_8));
    }

    /** Guesses the media type as the AWS CLI does. */
    private static String mediaType(String name) {
        if (name.endsWith(".js") || name.endsWith(".mjs")) {
            return "text/javascript";
        }
        if (name.endsWith(".css")) {
            return "text/css";
        }
        if (name.endsWith(".svg")) {
            return "image/svg+xml";
        }
        String guessed = URLConnection.guessContentTypeFromName(name);
        return guessed == null ? "binary/octet-stream" : guessed;
    }

    /** Returns an object for a caller that may read objects but not list them. */
    Reply get(String key) {
        return objects.getOrDefault(key, DENIED);
    }
}
