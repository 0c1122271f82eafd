package dev.statuswire.schema.regex;

import dev.statuswire.schema.regex.RegexProgram.Instruction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One search for a match. Backtracks with its own stack, and remembers the positions at which an
 * instruction with several ways to continue has failed. So without back references and lookarounds,
 * the time is at most proportional to the length of the text and to the length of the pattern.
 */
final class PatternSearch {

    private static final int ENTRY = 3;
    private static final int MAX_STACK = ENTRY * 500_000;
    private static final int FAILED = -1;

    private final Instruction[] program;
    private final String text;
    private final ValidationBudget budget;
    private final int[] registers;
    private final long @Nullable [][] failed;

    /** Entries of (instruction, position, length of the run) or (−1 − register, old value, 0). */
    private int[] stack = new int[ENTRY * 32];

    private int top;

    /** Pairs of (memo, position) that were marked within a lookaround. */
    private int[] marks = new int[16];

    private int marked;
    private int lookDepth;

    PatternSearch(
            Instruction[] program, int registers, int memos, String text, ValidationBudget budget) {
        this.program = program;
        this.text = text;
        this.budget = budget;
        this.registers = new int[registers];
        this.failed = memos == 0 ? null : new long[memos][];
    }

    /**
     * Returns whether there is a match anywhere.
     *
     * @throws TooExpensiveException if the budget is exhausted
     */
    boolean find() {
        int last = program[0].op() == RegexProgram.Op.START ? 0 : text.length();
        for (int start = 0; start <= last; start++) {
            boolean splitsCharacter =
                    start > 0
                            && start < text.length()
                            && Character.isLowSurrogate(text.charAt(start))
                            && Character.isHighSurrogate(text.charAt(start - 1));
            if (!splitsCharacter) {
                Arrays.fill(registers, -1);
                top = 0;
                if (matches(0, start)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Runs the instructions from {@code pc}. If they match, their entries stay on the stack. */
    private boolean matches(int pc, int place) {
        int base = top;
        int at = pc;
        int here = place;
        while (true) {
            budget.spend(1);
            Instruction now = program[at];
            if (now.memo() >= 0 && wasHere(now.memo(), here)) {
                here = FAILED;
            } else {
                switch (now.op()) {
                    case READ -> {
                        here = read(now.set(), here);
                        at++;
                    }
                    case READ_BACK -> {
                        here = readBack(now.set(), here);
                        at++;
                    }
                    case RUN, RUN_BACK, LAZY_RUN, LAZY_RUN_BACK -> {
                        here = run(now, at, here);
                        at++;
                    }
                    case SPLIT -> {
                        push(now.y(), here, 0);
                        at = now.x();
                    }
                    case JUMP -> at = now.x();
                    case SAVE -> {
                        set(now.x(), here);
                        at++;
                    }
                    case CLEAR -> {
                        for (int register = now.x(); register < now.y(); register++) {
                            set(register, -1);
                        }
                        at++;
                    }
                    case MOVED -> {
                        here = registers[now.x()] == here ? FAILED : here;
                        at++;
                    }
                    case REFER, REFER_BACK -> {
                        here = refer(now, here);
                        at++;
                    }
                    case LOOK, NOT_LOOK -> {
                        boolean wanted = now.op() == RegexProgram.Op.LOOK;
                        here = looks(at + 1, here, wanted) == wanted ? here : FAILED;
                        at = now.y();
                    }
                    case START -> {
                        here = here == 0 ? here : FAILED;
                        at++;
                    }
                    case END -> {
                        here = here == text.length() ? here : FAILED;
                        at++;
                    }
                    case WORD_BOUNDARY, NO_WORD_BOUNDARY -> {
                        boolean wanted = now.op() == RegexProgram.Op.WORD_BOUNDARY;
                        here = isBoundary(here) == wanted ? here : FAILED;
                        at++;
                    }
                    case MATCH -> {
                        return true;
                    }
                }
            }
            while (here == FAILED) {
                if (!backtrack(base)) {
                    return false;
                }
                at = stack[top];
                here = stack[top + 1];
                if (stack[top + 2] != 0) {
                    here = continueRun(at, here, stack[top + 2]);
                    at++;
                }
            }
        }
    }

    /**
     * Restores the registers that were set since the last choice, and removes that choice from the
     * stack.
     */
    private boolean backtrack(int base) {
        while (top > base) {
            top -= ENTRY;
            if (stack[top] >= 0) {
                return true;
            }
            registers[-1 - stack[top]] = stack[top + 1];
        }
        return false;
    }

    /**
     * Runs a lookaround. The search never backtracks into it: its choices are discarded, but its
     * captures are kept.
     */
    private boolean looks(int pc, int here, boolean keepsCaptures) {
        int base = top;
        int firstMark = marked;
        lookDepth++;
        boolean found = matches(pc, here);
        lookDepth--;
        if (found) {
            forget(firstMark);
            if (keepsCaptures) {
                dropChoices(base);
            } else {
                undo(base);
            }
        }
        marked = lookDepth == 0 ? 0 : marked;
        return found;
    }

    private void dropChoices(int base) {
        int kept = base;
        for (int entry = base; entry < top; entry += ENTRY) {
            if (stack[entry] < 0) {
                System.arraycopy(stack, entry, stack, kept, ENTRY);
                kept += ENTRY;
            }
        }
        top = kept;
    }

    private void undo(int base) {
        while (top > base) {
            top -= ENTRY;
            if (stack[top] < 0) {
                registers[-1 - stack[top]] = stack[top + 1];
            }
        }
    }

    /** Removes marks: an attempt on the way to a match has not failed. */
    private void forget(int firstMark) {
        while (marked > firstMark) {
            marked -= 2;
            if (failed != null) {
                failed[marks[marked]][marks[marked + 1] >> 6] &= ~(1L << marks[marked + 1]);
            }
        }
    }

    /**
     * Returns whether the instruction was already tried at this position, and marks it as tried.
     */
    private boolean wasHere(int memo, int here) {
        if (failed == null) {
            return false;
        }
        long[] places = failed[memo];
        if (places == null) {
            budget.spend(text.length() / 8);
            places = new long[(text.length() >> 6) + 1];
            failed[memo] = places;
        }
        long bit = 1L << here;
        if ((places[here >> 6] & bit) != 0) {
            return true;
        }
        places[here >> 6] |= bit;
        if (lookDepth > 0) {
            if (marked + 2 > marks.length) {
                marks = Arrays.copyOf(marks, grown(marks.length));
            }
            marks[marked++] = memo;
            marks[marked++] = here;
        }
        return false;
    }

    private int read(CharacterSet set, int here) {
        if (here == text.length()) {
            return FAILED;
        }
        int c = text.codePointAt(here);
        return set.contains(c) ? here + Character.charCount(c) : FAILED;
    }

    private int readBack(CharacterSet set, int here) {
        if (here == 0) {
            return FAILED;
        }
        int c = text.codePointBefore(here);
        return set.contains(c) ? here - Character.charCount(c) : FAILED;
    }

    private int run(Instruction run, int at, int here) {
        boolean lazy = isLazy(run);
        int end = here;
        int length = 0;
        while (length < (lazy ? run.x() : run.y())) {
            int next = step(run, end);
            if (next == FAILED) {
                break;
            }
            budget.spend(1);
            end = next;
            length++;
        }
        if (length < run.x()) {
            return FAILED;
        }
        if (lazy && length < run.y()) {
            push(at, end, length + 1);
        } else if (!lazy && length > run.x()) {
            push(at, end, length);
        }
        return end;
    }

    /** Returns the next shorter end of a run, or the next longer end of a lazy run. */
    private int continueRun(int at, int end, int length) {
        Instruction run = program[at];
        if (isLazy(run)) {
            int next = step(run, end);
            if (next != FAILED && length < run.y()) {
                push(at, next, length + 1);
            }
            return next;
        }
        int next =
                run.op() == RegexProgram.Op.RUN
                        ? text.offsetByCodePoints(end, -1)
                        : text.offsetByCodePoints(end, 1);
        if (length - 1 > run.x()) {
            push(at, next, length - 1);
        }
        return next;
    }

    private static boolean isLazy(Instruction run) {
        return run.op() == RegexProgram.Op.LAZY_RUN || run.op() == RegexProgram.Op.LAZY_RUN_BACK;
    }

    private int step(Instruction run, int here) {
        return run.op() == RegexProgram.Op.RUN || run.op() == RegexProgram.Op.LAZY_RUN
                ? read(run.set(), here)
                : readBack(run.set(), here);
    }

    private int refer(Instruction now, int here) {
        int from = registers[now.x()];
        int to = registers[now.x() + 1];
        if (from < 0 || to < 0) {
            return here;
        }
        int length = to - from;
        budget.spend(length);
        boolean forward = now.op() == RegexProgram.Op.REFER;
        int start = forward ? here : here - length;
        return start >= 0 && text.regionMatches(start, text, from, length)
                ? (forward ? here + length : start)
                : FAILED;
    }

    private boolean isBoundary(int here) {
        boolean before = here > 0 && CharacterSet.WORD.contains(text.charAt(here - 1));
        boolean after = here < text.length() && CharacterSet.WORD.contains(text.charAt(here));
        return before != after;
    }

    private void set(int register, int value) {
        push(-1 - register, registers[register], 0);
        registers[register] = value;
    }

    private void push(int first, int second, int third) {
        if (top + ENTRY > stack.length) {
            if (stack.length >= MAX_STACK) {
                throw new TooExpensiveException();
            }
            stack = Arrays.copyOf(stack, grown(stack.length));
        }
        stack[top++] = first;
        stack[top++] = second;
        stack[top++] = third;
    }

    private static int grown(int length) {
        return length + (length >> 1) + ENTRY;
    }
}
