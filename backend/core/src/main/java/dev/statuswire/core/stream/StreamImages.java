package dev.statuswire.core.stream;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** Converts the images in a Lambda event to items of the SDK. */
public final class StreamImages {

    private StreamImages() {}

    /** Returns the image as an item; an empty item if the record has no such image (null). */
    public static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item(
            @Nullable Map<String, AttributeValue> image) {
        var item =
                new HashMap<
                        String, software.amazon.awssdk.services.dynamodb.model.AttributeValue>();
        if (image != null) {
            image.forEach((name, value) -> item.put(name, value(value)));
        }
        return item;
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue value(
            AttributeValue value) {
        var builder = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
        if (value.getS() != null) {
            return builder.s(value.getS()).build();
        } else if (value.getN() != null) {
            return builder.n(value.getN()).build();
        } else if (value.getBOOL() != null) {
            return builder.bool(value.getBOOL()).build();
        } else if (value.getM() != null) {
            return builder.m(item(value.getM())).build();
        } else if (value.getL() != null) {
            return builder.l(value.getL().stream().map(StreamImages::value).toList()).build();
        } else if (value.getSS() != null) {
            return builder.ss(value.getSS()).build();
        } else if (value.getNS() != null) {
            return builder.ns(value.getNS()).build();
        } else if (value.getB() != null) {
            return builder.b(SdkBytes.fromByteBuffer(value.getB())).build();
        } else if (value.getBS() != null) {
            return builder.bs(value.getBS().stream().map(SdkBytes::fromByteBuffer).toList())
                    .build();
        }
        return builder.nul(true).build();
    }
}
