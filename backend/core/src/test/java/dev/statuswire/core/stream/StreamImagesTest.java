package dev.statuswire.core.stream;

import static com.amazonaws.services.lambda.runtime.events.transformers.v2.dynamodb.DynamodbAttributeValueTransformer.toAttributeValueMapV2;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the conversion with AWS's own transformer, which is only used in this test. */
final class StreamImagesTest {

    static Stream<AttributeValue> everyTypeOfAttribute() {
        return Stream.of(
                text("Ada"),
                text(""),
                new AttributeValue().withN("-12.50"),
                new AttributeValue().withN("0"),
                new AttributeValue().withBOOL(true),
                new AttributeValue().withBOOL(false),
                new AttributeValue().withNULL(true),
                new AttributeValue().withB(bytes("\u0000\u00ff")),
                new AttributeValue().withB(bytes("")),
                new AttributeValue().withSS("a", "b"),
                new AttributeValue().withNS("1", "2.5"),
                new AttributeValue().withBS(bytes("a"), bytes("b")),
                new AttributeValue().withL(List.of()),
                new AttributeValue().withL(text("a"), new AttributeValue().withN("1")),
                new AttributeValue().withM(Map.of()),
                new AttributeValue().withM(Map.of("a", text("b"))));
    }

    @ParameterizedTest
    @MethodSource("everyTypeOfAttribute")
    void attribute_is_converted_as_by_aws(AttributeValue value) {
        Map<String, AttributeValue> image = Map.of("attribute", value);

        assertThat(StreamImages.item(image)).isEqualTo(toAttributeValueMapV2(image));
    }

    @Test
    void nested_attributes_are_converted_as_by_aws() {
        var all = everyTypeOfAttribute().toList();
        var list = new AttributeValue().withL(all);
        var map = new AttributeValue().withM(Map.of("list", list, "text", text("t")));
        var image = Map.of("deep", new AttributeValue().withL(map, list), "map", map);

        assertThat(StreamImages.item(image)).isEqualTo(toAttributeValueMapV2(image));
    }

    @Test
    void image_can_be_read_twice() {
        var image = Map.of("bytes", new AttributeValue().withB(bytes("once")));

        assertThat(StreamImages.item(image)).isEqualTo(StreamImages.item(image));
    }

    @Test
    void missing_image_becomes_an_empty_item() {
        assertThat(StreamImages.item(null)).isEmpty();
        assertThat(StreamImages.item(Map.of())).isEmpty();
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }

    private static ByteBuffer bytes(String latin) {
        return ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
