package dev.statuswire.aws;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.s3.Bucket;

/**
 * The addresses of the page and the API.
 *
 * @param bucket the bucket with the files of the page
 * @param origin such as {@code https://work.example.org}
 * @param path the path prefix of the page and the API; empty, or such as {@code /dev}
 * @param liveUrl the URL at which live sockets are opened
 * @param cloudFrontHost the host of CloudFront if it is in front: the target of the DNS record of
 *     your own domain
 * @param distributionId the id of the CloudFront distribution if it is in front
 * @param metadata the metadata that each file of the page is stored with, by name
 */
record PageSite(
        Bucket bucket,
        String origin,
        String path,
        String liveUrl,
        Optional<String> cloudFrontHost,
        Optional<String> distributionId,
        Map<String, String> metadata) {

    /** Returns the URL, without a slash at the end. */
    String url() {
        return origin + path;
    }
}
