package dev.statuswire.core.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests both implementations of each change. The store's tests compare them with DynamoDB. */
final class AttributeChangeTest {

    private static final AttributeValue OLD = Item.text("old");
    private static final AttributeValue NEW = Item.text("new");

    private final Map<String, AttributeValue> item = new HashMap<>(Map.of("there", OLD));
    private final Placeholders placeholders = new Placeholders();

    @Test
    void put_replaces_or_adds_an_attribute() {
        new AttributeChange.Put("there", NEW).applyTo(item);
        new AttributeChange.Put("other", NEW).applyTo(item);

        assertThat(item).isEqualTo(Map.of("there", NEW, "other", NEW));
        assertThat(new AttributeChange.Put("there", NEW).action(placeholders))
                .isEqualTo("#there = :0");
        assertThat(placeholders.names()).isEqualTo(Map.of("#there", "there"));
        assertThat(placeholders.values()).isEqualTo(Map.of(":0", NEW));
    }

    @Test
    void put_if_absent_keeps_an_existing_attribute() {
        new AttributeChange.PutIfAbsent("there", NEW).applyTo(item);
        new AttributeChange.PutIfAbsent("other", NEW).applyTo(item);

        assertThat(item).isEqualTo(Map.of("there", OLD, "other", NEW));
        assertThat(new AttributeChange.PutIfAbsent("other", NEW).action(placeholders))
                .isEqualTo("#other = if_not_exists(#other, :0)");
    }

    @Test
    void add_counts_an_absent_number_as_0() {
        var add = new AttributeChange.Add("fence", -2);
        add.applyTo(item);
        assertThat(item).containsEntry("fence", Item.number(-2));
        add.applyTo(item);

        assertThat(item).containsEntry("fence", Item.number(-4));
        assertThat(add.action(placeholders)).isEqualTo("#fence = if_not_exists(#fence, :0) + :1");
        assertThat(placeholders.values())
                .isEqualTo(Map.of(":0", Item.number(0), ":1", Item.number(-2)));
    }

    @Test
    void put_element_replaces_one_element_of_the_list() {
        item.put("steps", AttributeValue.fromL(List.of(OLD, OLD, OLD)));
        var put = new AttributeChange.PutElement("steps", 1, NEW);
        put.applyTo(item);

        assertThat(item).containsEntry("steps", AttributeValue.fromL(List.of(OLD, NEW, OLD)));
        assertThat(put.action(placeholders)).isEqualTo("#steps[1] = :0");
    }

    @Test
    void put_element_without_a_list_fails_with_the_attribute_in_the_message() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AttributeChange.PutElement("steps", 0, NEW).applyTo(item))
                .withMessageContaining("steps");
    }

    @Test
    void remove_removes_an_existing_attribute() {
        new AttributeChange.Remove("other").applyTo(item);
        assertThat(item).containsKey("there");
        new AttributeChange.Remove("there").applyTo(item);

        assertThat(item).isEmpty();
        assertThat(new AttributeChange.Remove("there").action(placeholders)).isEqualTo("#there");
    }
}
