package dev.statuswire.aws;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.s3.Bucket;

/** The page, and where people call it and the API. */
interface Site {

    /** Where its files are. */
    Bucket bucket();

    /** Its origin, such as {@code https://work.example.org}. */
    String origin();

    /** The path below which the page and the API are; empty, or such as {@code /dev}. */
    String path();

    /** Its address, without a slash at the end. */
    default String url() {
        return origin() + path();
    }

    /** Where live sockets are opened. */
    String liveUrl();

    /** The host of CloudFront, if it is in front. */
    Optional<String> cloudFrontHost();

    /** The id of CloudFront's distribution, if it is in front. */
    Optional<String> distributionId();

    /** What is stored with each of the page's files, by name. */
    Map<String, String> metadata();
}
