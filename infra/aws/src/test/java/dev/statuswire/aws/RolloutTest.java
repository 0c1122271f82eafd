package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests gradual deployments.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-codedeploylambdaaliasupdate">UpdatePolicy:
 *     CodeDeployLambdaAliasUpdate</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups-configure-advanced-options.html">Configure
 *     advanced options for a deployment group</a>: alarms and automatic rollback
 */
final class RolloutTest {

    private static final String ALIAS = "AWS::Lambda::Alias";
    private static final String GROUP = "AWS::CodeDeploy::DeploymentGroup";

    private final Synthesized dev = Synthesized.withCognito();
    private final Synthesized prod = Synthesized.withOwnIssuer();

    @Test
    void each_alias_moves_to_a_new_version_by_its_deployment_group() {
        Map<String, JsonNode> groups = prod.resources(GROUP);
        Set<String> used =
                prod.resources(ALIAS).values().stream()
                        .map(
                                it ->
                                        it.at(
                                                        "/UpdatePolicy/CodeDeployLambdaAliasUpdate/DeploymentGroupName/Ref")
                                                .asText())
                        .collect(Collectors.toSet());

        assertThat(prod.resources(ALIAS)).hasSize(10);
        assertThat(used).isEqualTo(groups.keySet()).hasSize(10);
    }

    @Test
    void ten_percent_are_shifted_first_and_an_alarm_shifts_them_back() {
        Map<String, JsonNode> alarms = prod.resources("AWS::CloudWatch::Alarm");

        assertThat(prod.properties(GROUP))
                .allSatisfy(
                        it -> {
                            assertThat(it.path("DeploymentConfigName").asText())
                                    .isEqualTo("CodeDeployDefault.LambdaCanary10Percent5Minutes");
                            assertThat(it.at("/AutoRollbackConfiguration/Enabled").asBoolean())
                                    .isTrue();
                            assertThat(it.at("/AutoRollbackConfiguration/Events").toString())
                                    .contains("DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_FAILURE");
                            assertThat(it.at("/AlarmConfiguration/Enabled").asBoolean()).isTrue();
                            assertThat(it.at("/AlarmConfiguration/Alarms"))
                                    .hasSize(5)
                                    .allMatch(
                                            alarm ->
                                                    alarms.containsKey(
                                                            alarm.at("/Name/Ref").asText()));
                        });
    }

    @Test
    void trial_stack_is_updated_at_once() {
        assertThat(dev.resources(GROUP)).isEmpty();
        assertThat(dev.resources(ALIAS).values()).noneMatch(it -> it.has("UpdatePolicy"));
    }

    /**
     * Aliases depend on deployment groups, which depend on alarms, which depend on what they watch.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-dependency-error">Troubleshooting
     *     CloudFormation: circular dependencies</a>
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void no_resource_depends_on_itself(Synthesized stack) {
        var needs = new HashMap<String, Set<String>>();
        JsonNode resources = stack.template().path("Resources");
        resources
                .properties()
                .forEach(
                        it -> {
                            var named = new HashSet<String>();
                            collect(it.getValue(), named);
                            named.removeIf(id -> !resources.has(id));
                            needs.put(it.getKey(), named);
                        });

        while (needs.values().stream().anyMatch(Set::isEmpty)) {
            List<String> ready =
                    needs.entrySet().stream()
                            .filter(it -> it.getValue().isEmpty())
                            .map(Map.Entry::getKey)
                            .toList();
            ready.forEach(needs::remove);
            needs.values().forEach(it -> it.removeAll(ready));
        }
        assertThat(needs).isEmpty();
    }

    private static void collect(JsonNode node, Set<String> named) {
        if (node.path("Ref").isTextual()) {
            named.add(node.path("Ref").asText());
        }
        if (node.path("Fn::GetAtt").isArray()) {
            named.add(node.at("/Fn::GetAtt/0").asText());
        }
        JsonNode dependsOn = node.path("DependsOn");
        dependsOn.forEach(it -> named.add(it.asText()));
        if (dependsOn.isTextual()) {
            named.add(dependsOn.asText());
        }
        node.forEach(it -> collect(it, named));
    }
}
