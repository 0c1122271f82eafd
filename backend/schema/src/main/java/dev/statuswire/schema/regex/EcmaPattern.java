package dev.statuswire.schema.regex;

import java.util.regex.PatternSyntaxException;

/**
 * A pattern of ECMA-262 with the flag {@code u}, as JSON Schema uses it: {@code $} matches only at
 * the end of the text, {@code \d} and {@code \w} are ASCII, and a character is a code point.
 * Immutable and thread-safe.
 *
 * <p>Differences from ECMA-262: of the properties in {@code \p{…}}, {@code Script_Extensions} and
 * the binary properties that Java does not know are rejected. So are the modifiers {@code (?i:…)}
 * of ECMAScript 2025, and patterns with more than 10,000 instructions.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-regexp-regular-expression-objects">ECMA-262</a>
 */
public final class EcmaPattern {

    private static final int STEPS_PER_CHECK = 100;
    private static final int STEPS_PER_CHARACTER = 20;

    private final String source;
    private final RegexProgram.Instruction[] instructions;
    private final int registers;
    private final int memos;

    private EcmaPattern(String source, RegexProgram program) {
        this.source = source;
        this.instructions = program.instructions();
        this.registers = program.registers();
        this.memos = program.memos();
    }

    /**
     * Compiles {@code source}.
     *
     * @throws PatternSyntaxException if it is not a valid pattern, or is too large
     */
    public static EcmaPattern of(String source) {
        return new EcmaPattern(source, RegexProgram.of(source));
    }

    /**
     * Checks that {@code source} is a valid pattern, without compiling it, so that the time is at
     * most proportional to its length.
     *
     * @param budget limits the work; a step is a few nanoseconds
     * @throws PatternSyntaxException if it is not a valid pattern
     * @throws TooExpensiveException if the budget is exhausted
     */
    public static void check(String source, ValidationBudget budget) {
        budget.spend(STEPS_PER_CHECK + (long) STEPS_PER_CHARACTER * source.length());
        new PatternParser(source).parse();
    }

    /**
     * Returns whether the pattern matches anywhere in {@code text}.
     *
     * @param budget limits the work; a step is one instruction at one position
     * @throws TooExpensiveException if the budget is exhausted
     */
    public boolean isFoundIn(String text, ValidationBudget budget) {
        return new PatternSearch(instructions, registers, memos, text, budget).find();
    }

    /** Returns the source of the pattern. */
    @Override
    public String toString() {
        return source;
    }
}
