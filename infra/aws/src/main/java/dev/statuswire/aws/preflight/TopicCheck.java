package dev.statuswire.aws.preflight;

import java.util.List;
import software.amazon.awssdk.regions.Region;

/**
 * Checks that the alarms can notify their topics, which must be in the same region as the alarms.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">
 *     Notifying users on alarm changes</a>
 */
record TopicCheck(Region region, List<String> topics) implements PreflightCheck {

    private static final int REGION_OF_ARN = 3;

    @Override
    public String subject() {
        return "the alarm topic";
    }

    @Override
    public List<PreflightFinding> run() {
        return topics.stream()
                .filter(arn -> !arn.split(":", -1)[REGION_OF_ARN].equals(region.id()))
                .map(
                        arn ->
                                PreflightFinding.stop(
                                        ("%s %s is in another region; pass a topic in %s as"
                                                        + " --alarm-topic")
                                                .formatted(subject(), arn, region.id())))
                .toList();
    }
}
