package dev.statuswire.processor;

import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.store.DueRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sets timers as delayed messages of an SQS queue. Up to 250 requests that are due in the same
 * second share a message, so a sweep sends few messages even if many requests are unfinished.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html">Amazon
 *     SQS message timers</a>
 */
public final class SqsTimers implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(SqsTimers.class);

    /** The longest delay that SQS allows. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /**
     * The most requests in one message. A message has at most 256 KiB; an owner and an id have a
     * few hundred bytes.
     */
    private static final int MOST_OF_A_MESSAGE = 250;

    private static final int ATTEMPTS = 2;
    private static final Duration ATTEMPT = Duration.ofSeconds(1);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(2);

    private final SqsClient sqs;
    private final String queueUrl;
    private final InstantSource clock;

    /**
     * Creates timers that use the queue {@code queueUrl}.
     *
     * @param clock the clock that due times refer to
     */
    public SqsTimers(SqsClient sqs, String queueUrl, InstantSource clock) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.clock = clock;
    }

    /**
     * Creates an SQS client, to be closed by its caller.
     *
     * @param endpoint the endpoint of SQS; empty for AWS's own
     */
    public static SqsClient client(Optional<URI> endpoint) {
        return AwsClients.configure(SqsClient.builder(), endpoint, ATTEMPTS, ATTEMPT, LONGEST_CALL)
                .build();
    }

    /**
     * Sets no timer for a request that is due later than SQS allows; the sweeper sets one in time.
     * Stops after the first call that fails, because a timer is not worth waiting for.
     */
    @Override
    public void set(Collection<DueRequest> due) {
        Instant now = clock.instant();
        Map<Integer, List<DueRequest>> byDelay =
                due.stream()
                        .filter(one -> !one.dueAt().isAfter(now.plus(LONGEST_DELAY)))
                        .collect(
                                Collectors.groupingBy(
                                        one -> delaySeconds(Duration.between(now, one.dueAt())),
                                        TreeMap::new,
                                        Collectors.toList()));
        try {
            byDelay.forEach(this::send);
        } catch (SdkException failed) {
            LOG.warn(
                    "could not set timers for {} requests; the sweeper will offer them when"
                            + " they are due",
                    due.size(),
                    failed);
        }
    }

    /** Returns the delay for SQS, rounded up so that no timer fires early. */
    static int delaySeconds(Duration until) {
        return until.compareTo(Duration.ZERO) > 0
                ? Math.toIntExact(until.plusNanos(999_999_999).toSeconds())
                : 0;
    }

    private void send(int delaySeconds, List<DueRequest> due) {
        for (int from = 0; from < due.size(); from += MOST_OF_A_MESSAGE) {
            List<DueRequest> part =
                    due.subList(from, Math.min(due.size(), from + MOST_OF_A_MESSAGE));
            sqs.sendMessage(
                    message ->
                            message.queueUrl(queueUrl)
                                    .delaySeconds(delaySeconds)
                                    .messageBody(TimerMessage.of(part)));
        }
    }
}
