package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Checks the limits on costs. */
final class CostRulesTest {

    private static final String TABLE = "AWS::DynamoDB::Table";

    private final Synthesized dev = Synthesized.withCognito();
    private final Synthesized prod = Synthesized.withOwnIssuer();

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html">DynamoDB
     *     maximum throughput for on-demand tables</a>: indexes have a maximum of their own
     */
    @Test
    void tables_and_the_index_have_a_maximum_of_write_units_only_in_dev() {
        assertThat(dev.properties(TABLE))
                .hasSize(6)
                .allMatch(it -> it.at("/OnDemandThroughput/MaxWriteRequestUnits").asInt() == 500);
        assertThat(
                        dev.one(TABLE, "TablesRequests")
                                .at(
                                        "/GlobalSecondaryIndexes/0/OnDemandThroughput/MaxWriteRequestUnits")
                                .asInt())
                .isEqualTo(500);
        assertThat(prod.properties(TABLE).toString()).doesNotContain("OnDemandThroughput");
    }

    /**
     * AWS documents this rule.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html">AWS::Budgets::Budget</a>
     */
    @Test
    void budget_notifies_the_alarm_topic_of_actual_and_forecast_costs() {
        JsonNode budget = prod.properties("AWS::Budgets::Budget").getFirst();

        assertThat(budget.at("/Budget/BudgetLimit").toString())
                .isEqualTo("{\"Amount\":100,\"Unit\":\"USD\"}");
        assertThat(budget.path("Budget").has("BudgetName")).isFalse();
        assertThat(budget.path("NotificationsWithSubscribers"))
                .hasSize(3)
                .allMatch(
                        it ->
                                it.at("/Subscribers/0/SubscriptionType").asText().equals("SNS")
                                        && it.at("/Subscribers/0/Address")
                                                .asText()
                                                .endsWith(":alarms"));
        assertThat(dev.properties("AWS::Budgets::Budget")).isEmpty();
    }
}
