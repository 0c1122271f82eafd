package dev.statuswire.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.budgets.CfnBudget.NotificationProperty;
import software.amazon.awscdk.services.budgets.CfnBudget.NotificationWithSubscribersProperty;
import software.amazon.awscdk.services.budgets.CfnBudget.SubscriberProperty;
import software.constructs.Construct;

/**
 * A monthly budget for the costs of the whole account, with notifications. A budget for the stack
 * alone would filter by tag, and would silently stay at 0 until someone activates the tag for cost
 * allocation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create.html">Creating
 *     a budget</a>
 */
final class CostBudget extends Construct {

    private static final int MOST_OF_IT = 80;
    private static final int ALL_OF_IT = 100;

    CostBudget(Construct scope, DeployOptions options, DeployOptions.Budget budget) {
        super(scope, "Budget");
        List<SubscriberProperty> subscribers =
                Stream.concat(
                                options.alarmTopic().stream().map(arn -> subscriber("SNS", arn)),
                                budget.email().stream()
                                        .map(address -> subscriber("EMAIL", address)))
                        .toList();
        CfnBudget.Builder.create(this, "Monthly")
                .budget(
                        CfnBudget.BudgetDataProperty.builder()
                                // Has no fixed name: a change of the subscribers replaces the
                                // budget, and the old budget would still have the name at that
                                // time.
                                .budgetType("COST")
                                .timeUnit("MONTHLY")
                                .budgetLimit(
                                        CfnBudget.SpendProperty.builder()
                                                .amount(budget.dollars())
                                                .unit("USD")
                                                .build())
                                .build())
                .notificationsWithSubscribers(
                        List.of(
                                notification("ACTUAL", MOST_OF_IT, subscribers),
                                notification("ACTUAL", ALL_OF_IT, subscribers),
                                notification("FORECASTED", ALL_OF_IT, subscribers)))
                .build();
    }

    private static SubscriberProperty subscriber(String type, String address) {
        return SubscriberProperty.builder().subscriptionType(type).address(address).build();
    }

    private static NotificationWithSubscribersProperty notification(
            String type, int percent, List<SubscriberProperty> subscribers) {
        return NotificationWithSubscribersProperty.builder()
                .notification(
                        NotificationProperty.builder()
                                .notificationType(type)
                                .comparisonOperator("GREATER_THAN")
                                .threshold(percent)
                                .thresholdType("PERCENTAGE")
                                .build())
                .subscribers(subscribers)
                .build();
    }
}
