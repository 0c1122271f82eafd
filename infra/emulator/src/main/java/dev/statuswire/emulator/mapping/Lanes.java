package dev.statuswire.emulator.mapping;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which lane a record takes: all records of one item take the same.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Simultaneous readers
 *     and concurrent batches</a>: "Lambda still ensures in-order processing at the item (partition
 *     and sort key) level"
 */
final class Lanes {

    private static final int SPREAD = 0x9E3779B9;
    private static final int HIGH_BITS = 16;

    private Lanes() {}

    /** From 0 to before {@code lanes}. */
    static int of(Map<String, AttributeValue> keys, int lanes) {
        int hash = keys.hashCode() * SPREAD;
        return Math.floorMod(hash ^ (hash >>> HIGH_BITS), lanes);
    }
}
