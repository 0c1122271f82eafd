package dev.statuswire.bench.scenario;

import dev.statuswire.bench.figure.Target;

/**
 * The write units that a request cannot do without: its input's kilobytes once, when it is
 * submitted; one for each further write, which is one for each step and, if there are several, a
 * claim; and two of the index of what is due, which it enters and leaves.
 *
 * @param steps at least 1
 * @param inputBytes of its input
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 */
record WriteLimit(int steps, int inputBytes) {

    private static final int KIB = 1024;
    private static final int CLAIM = 1;
    private static final int INDEX = 2;

    double units() {
        return kilobytes(inputBytes) + (steps == 1 ? 0 : CLAIM) + steps + INDEX;
    }

    /** Begun ones count as whole ones. */
    static int kilobytes(int bytes) {
        return Math.max(1, Math.ceilDiv(bytes, KIB));
    }

    /** One small step must not cost more than the limit, which is four then. */
    Target target() {
        return Target.atMost(steps == 1 && inputBytes <= KIB ? 1.0 : 1.5);
    }
}
