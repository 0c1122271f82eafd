package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Runs the EventBridge rules of a template that have a schedule. */
final class Schedules {

    private static final String EVENT =
            "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}";

    private final StackDependencies deployed;

    Schedules(StackDependencies deployed) {
        this.deployed = deployed;
    }

    /**
     * Invokes the targets of every rule that has a schedule.
     *
     * @throws IllegalStateException if a target fails or may not be invoked
     */
    void fire() throws IOException, InterruptedException {
        for (Resource rule : deployed.template().all("AWS::Events::Rule")) {
            if (rule.properties().has("ScheduleExpression")
                    && !rule.text("State").equals("DISABLED")) {
                for (JsonNode target : rule.get("Targets")) {
                    fire(rule, target.path("Arn").asText(), target.path("Input").asText(EVENT));
                }
            }
        }
    }

    private void fire(Resource rule, String target, String event)
            throws IOException, InterruptedException {
        Functions.Result result =
                deployed.functions()
                        .invoke(
                                "events.amazonaws.com",
                                deployed.template().attribute(rule, "Arn"),
                                target,
                                event);
        if (result.hasFailed()) {
            throw new IllegalStateException(rule.id() + ": " + result.payload());
        }
    }
}
