package dev.statuswire.aws;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.s3.Bucket;

/**
 * The page, and where people call it and the API.
 *
 * @param bucket where the page's files are
 * @param origin such as {@code https://work.example.org}
 * @param path the path below which the page and the API are; empty, or such as {@code /dev}
 * @param liveUrl where live sockets are opened
 * @param cloudFrontHost the host of CloudFront, if it is in front: what a domain of one's own is an
 *     alias of
 * @param distributionId the id of CloudFront's distribution, if it is in front
 * @param metadata what is stored with each of the page's files, by name
 */
record PageSite(
        Bucket bucket,
        String origin,
        String path,
        String liveUrl,
        Optional<String> cloudFrontHost,
        Optional<String> distributionId,
        Map<String, String> metadata) {

    /** Its address, without a slash at the end. */
    String url() {
        return origin + path;
    }
}
