package dev.statuswire.aws.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.AccountLimit;

/**
 * Checks that the account's quota of concurrent invocations is high enough for what the functions
 * reserve. The concurrency that the deployed stack reserves counts as free, because the deployment
 * replaces it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">
 *     Configuring reserved concurrency for a function</a>
 */
record ConcurrencyCheck(
        PreflightClients services, SynthesizedStack assembly, DeployedStack deployed)
        implements PreflightCheck {

    /** The concurrency that Lambda requires to be left for functions that reserve none. */
    private static final int ALWAYS_UNRESERVED = 100;

    @Override
    public String subject() {
        return "the quota of concurrent invocations";
    }

    @Override
    public List<PreflightFinding> run() {
        int reserving = assembly.reservedConcurrency();
        if (reserving == 0) {
            return List.of();
        }
        AccountLimit limit = services.lambda().getAccountSettings().accountLimit();
        int left = limit.unreservedConcurrentExecutions() - reserving;
        if (left >= ALWAYS_UNRESERVED || left + reservedByDeployed() >= ALWAYS_UNRESERVED) {
            return List.of();
        }
        return List.of(
                PreflightFinding.note(
                                "the account's quota is %d concurrent invocations, %d of them not"
                                                .formatted(
                                                        limit.concurrentExecutions(),
                                                        limit.unreservedConcurrentExecutions())
                                        + " reserved. The stack would reserve %d and leave fewer"
                                                .formatted(reserving)
                                        + " than the %d that Lambda requires, so it is deployed"
                                                .formatted(ALWAYS_UNRESERVED)
                                        + " with --no-reserved-concurrency. To reserve concurrency,"
                                        + " request a higher quota of concurrent executions in"
                                        + " Service Quotas")
                        .solvedBy("STATUSWIRE_RESERVED_CONCURRENCY=false"));
    }

    private int reservedByDeployed() {
        return deployed.template()
                .map(
                        text -> {
                            JsonNode template = Json.parse(text).orElseThrow();
                            return SynthesizedStack.reservedConcurrency(template);
                        })
                .orElse(0);
    }
}
