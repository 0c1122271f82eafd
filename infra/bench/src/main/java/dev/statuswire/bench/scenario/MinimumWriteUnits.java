package dev.statuswire.bench.scenario;

import dev.statuswire.bench.result.Target;

/**
 * The minimum of write units for a request: the kilobytes of its input once, when it is submitted;
 * one unit for each further write, which is one for each step and, if there are several steps, one
 * for the claim; and two for the index of due requests, when the request enters and leaves it.
 *
 * @param steps at least 1
 * @param inputBytes the size of the input
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 */
record MinimumWriteUnits(int steps, int inputBytes) {

    private static final int KIB = 1024;
    private static final int CLAIM = 1;
    private static final int INDEX = 2;

    double units() {
        return kilobytes(inputBytes) + (steps == 1 ? 0 : CLAIM) + steps + INDEX;
    }

    /** Returns the size in kilobytes, rounded up. */
    static int kilobytes(int bytes) {
        return Math.max(1, Math.ceilDiv(bytes, KIB));
    }

    /**
     * Returns the target. A request with a small input and one step must not cost more than the
     * minimum.
     */
    Target target() {
        return Target.atMost(steps == 1 && inputBytes <= KIB ? 1.0 : 1.5);
    }
}
