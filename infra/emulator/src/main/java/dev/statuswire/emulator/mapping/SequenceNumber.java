package dev.statuswire.emulator.mapping;

import java.math.BigInteger;

/**
 * The sequence number of a record, which orders the records of a shard. Numbers compare as
 * integers; as text, {@code "9"} would be greater than {@code "10"}.
 *
 * @param text the number as the stream returned it and expects it (21 to 40 digits, possibly with
 *     leading zeros)
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html">StreamRecord</a>
 */
record SequenceNumber(String text, BigInteger value) implements Comparable<SequenceNumber> {

    /**
     * @throws NumberFormatException if {@code text} is not an integer
     */
    static SequenceNumber of(String text) {
        return new SequenceNumber(text, new BigInteger(text));
    }

    @Override
    public int compareTo(SequenceNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceNumber that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
