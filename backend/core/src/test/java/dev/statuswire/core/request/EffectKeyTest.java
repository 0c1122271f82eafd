package dev.statuswire.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.transition.Item;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Effect keys are unique: no two steps of any requests share one. */
final class EffectKeyTest {

    @Test
    void key_consists_of_owner_id_life_and_step() {
        assertThat(request("ada", "request-1", "life-1").effectKey("cook"))
                .isEqualTo("ada/request-1/life-1/cook");
    }

    @Test
    void two_requests_that_had_the_same_id_have_different_keys() {
        assertThat(request("ada", "request-1", "life-1").effectKey("cook"))
                .isNotEqualTo(request("ada", "request-1", "life-2").effectKey("cook"));
    }

    @Test
    void slash_in_a_part_does_not_produce_the_key_of_another_request() {
        String id = "request-1";
        String one = request("o", id, id).effectKey(id + "/b");
        String other = request("o/" + id, id, id).effectKey("b");

        assertThat(one).isEqualTo("o/request-1/request-1/request-1%2Fb").isNotEqualTo(other);
        assertThat(request("o", id, "l").effectKey("a%2Fb"))
                .isNotEqualTo(request("o", id, "l").effectKey("a/b"));
    }

    @Test
    void request_without_a_life_keeps_the_key_of_its_earlier_effects() {
        assertThat(request("ada", "request-1", null).effectKey("cook"))
                .isEqualTo("ada/request-1/cook");
    }

    private static Request request(String owner, String id, @Nullable String life) {
        var item =
                new HashMap<String, AttributeValue>(
                        Map.of(
                                "owner", AttributeValue.fromS(owner),
                                "id", AttributeValue.fromS(id),
                                "type", AttributeValue.fromS("t"),
                                "input", AttributeValue.fromS("{}"),
                                "status", AttributeValue.fromS("ACCEPTED"),
                                "version", AttributeValue.fromN("1")));
        if (life != null) {
            item.put(Item.LIFE, AttributeValue.fromS(life));
        }
        return Item.read(item).orElseThrow();
    }
}
