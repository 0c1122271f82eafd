package dev.statuswire.schema.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern, compiled to instructions for {@link PatternSearch}. Lookbehinds are compiled to be
 * read backwards. Immutable once compiled, and thread-safe.
 */
final class RegexProgram {

    /** The operations; {@code x} and {@code y} are the operands of an instruction. */
    enum Op {
        /** Reads one code point of {@code set}. */
        READ,
        READ_BACK,
        /** Reads x to y code points of {@code set}. */
        RUN,
        RUN_BACK,
        LAZY_RUN,
        LAZY_RUN_BACK,
        /** Continues at x, and if that fails, at y. */
        SPLIT,
        JUMP,
        /** Stores the position in register x. */
        SAVE,
        /** Clears the registers from x up to, but not including, y. */
        CLEAR,
        /** Fails if the position is the one in register x, so nothing was read. */
        MOVED,
        /** Reads the text that the group with the registers x and x+1 captured. */
        REFER,
        REFER_BACK,
        /**
         * Continues at y if the next instructions match, or for {@code NOT_LOOK} if they do not.
         */
        LOOK,
        NOT_LOOK,
        START,
        END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY,
        MATCH
    }

    record Instruction(Op op, CharacterSet set, int x, int y, int memo) {}

    private static final int MAX_INSTRUCTIONS = 10_000;
    private static final int MAX_PARTS = 10 * MAX_INSTRUCTIONS;
    private static final int MAX_LENGTH = 10_000;
    private static final CharacterSet NONE = new CharacterSet(c -> false);

    private final List<Instruction> instructions = new ArrayList<>();
    private final String source;
    private final PatternParser parser;
    private final boolean captures;
    private int registers;
    private int memos;
    private int parts;

    private RegexProgram(String source, PatternParser parser) {
        this.source = source;
        this.parser = parser;
        this.captures = parser.refersBack();
        this.registers = captures ? 2 * parser.groups() : 0;
    }

    /**
     * Compiles {@code source}.
     *
     * @throws PatternSyntaxException if it is not a valid pattern, or is too large
     */
    static RegexProgram of(String source) {
        if (source.length() > MAX_LENGTH) {
            throw new PatternSyntaxException("too large", source, -1);
        }
        var parser = new PatternParser(source);
        PatternNode whole = parser.parse();
        var program = new RegexProgram(source, parser);
        program.add(whole, false);
        program.add(Op.MATCH, 0, 0);
        return program;
    }

    Instruction[] instructions() {
        return instructions.toArray(Instruction[]::new);
    }

    int registers() {
        return registers;
    }

    /** Returns how many instructions remember where they failed; 0 with back references. */
    int memos() {
        return captures ? 0 : memos;
    }

    /**
     * Adds the instructions of {@code node}. Nodes are counted too, because an empty one that
     * repeats adds no instruction.
     */
    private void add(PatternNode node, boolean back) {
        if (++parts > MAX_PARTS) {
            throw new PatternSyntaxException("too large", source, -1);
        }
        if (node instanceof PatternNode.CodePoint one) {
            add(back ? Op.READ_BACK : Op.READ, one.set(), 0, 0);
        } else if (node instanceof PatternNode.Sequence sequence) {
            addSequence(sequence.parts(), back);
        } else if (node instanceof PatternNode.Choice choice) {
            addChoice(choice.options(), back);
        } else if (node instanceof PatternNode.Repeat repeat) {
            addRepeat(repeat, back);
        } else if (node instanceof PatternNode.Group group) {
            addGroup(group.index(), group.body(), back);
        } else if (node instanceof PatternNode.BackReference reference) {
            add(back ? Op.REFER_BACK : Op.REFER, 2 * reference.group(), 0);
        } else if (node instanceof PatternNode.NamedReference reference) {
            add(new PatternNode.BackReference(parser.groupOf(reference.name())), back);
        } else if (node instanceof PatternNode.Lookaround look) {
            addLookaround(look);
        } else if (node instanceof PatternNode.Assertion place) {
            add(Op.valueOf(place.name()), 0, 0);
        }
    }

    private void addSequence(List<PatternNode> parts, boolean back) {
        for (int i = 0; i < parts.size(); i++) {
            add(parts.get(back ? parts.size() - 1 - i : i), back);
        }
    }

    private void addLookaround(PatternNode.Lookaround look) {
        int start = add(look.negative() ? Op.NOT_LOOK : Op.LOOK, 0, 0);
        add(look.body(), !look.ahead());
        add(Op.MATCH, 0, 0);
        set(start, 0, size());
    }

    private void addChoice(List<PatternNode> options, boolean back) {
        var jumps = new ArrayList<Integer>();
        for (int i = 0; i < options.size() - 1; i++) {
            int split = add(Op.SPLIT, 0, 0);
            add(options.get(i), back);
            jumps.add(add(Op.JUMP, 0, 0));
            set(split, split + 1, size());
        }
        add(options.get(options.size() - 1), back);
        jumps.forEach(jump -> set(jump, size(), 0));
    }

    private void addGroup(int index, PatternNode body, boolean back) {
        if (!captures) {
            add(body, back);
            return;
        }
        add(Op.SAVE, 2 * index + (back ? 1 : 0), 0);
        add(body, back);
        add(Op.SAVE, 2 * index + (back ? 0 : 1), 0);
    }

    private void addRepeat(PatternNode.Repeat repeat, boolean back) {
        if (repeat.max() == PatternNode.UNBOUNDED) {
            addTimes(repeat, repeat.min(), repeat.min(), back);
            addLoop(repeat, back);
        } else {
            addTimes(repeat, repeat.min(), repeat.max(), back);
        }
    }

    /** Adds the body, {@code min} to {@code max} times. */
    private void addTimes(PatternNode.Repeat repeat, int min, int max, boolean back) {
        if (max == 0) {
            return;
        }
        if (repeat.body() instanceof PatternNode.CodePoint one && max > 1) {
            Op greedy = back ? Op.RUN_BACK : Op.RUN;
            add(
                    repeat.greedy() ? greedy : back ? Op.LAZY_RUN_BACK : Op.LAZY_RUN,
                    one.set(),
                    min,
                    max);
            return;
        }
        for (int i = 0; i < min; i++) {
            addBody(repeat, back);
        }
        var splits = new ArrayList<Integer>();
        int register = captures && min < max ? registers++ : 0;
        for (int i = min; i < max; i++) {
            splits.add(add(Op.SPLIT, 0, 0));
            addOptionalBody(repeat, register, back);
        }
        splits.forEach(split -> setSplit(split, size(), repeat.greedy()));
    }

    private void addLoop(PatternNode.Repeat repeat, boolean back) {
        int split = add(Op.SPLIT, 0, 0);
        int register = captures ? registers++ : 0;
        addOptionalBody(repeat, register, back);
        add(Op.JUMP, split, 0);
        setSplit(split, size(), repeat.greedy());
    }

    /**
     * Adds an iteration beyond the minimum. It must read something, or its captures do not count.
     */
    private void addOptionalBody(PatternNode.Repeat repeat, int register, boolean back) {
        if (captures) {
            add(Op.SAVE, register, 0);
        }
        addBody(repeat, back);
        if (captures) {
            add(Op.MOVED, register, 0);
        }
    }

    private void addBody(PatternNode.Repeat repeat, boolean back) {
        if (captures && repeat.firstGroup() < repeat.lastGroup()) {
            add(Op.CLEAR, 2 * repeat.firstGroup(), 2 * repeat.lastGroup());
        }
        add(repeat.body(), back);
    }

    private int add(Op op, int x, int y) {
        return add(op, NONE, x, y);
    }

    private int add(Op op, CharacterSet set, int x, int y) {
        if (size() >= MAX_INSTRUCTIONS) {
            throw new PatternSyntaxException("too large", source, -1);
        }
        boolean remembers =
                switch (op) {
                    case SPLIT, RUN, RUN_BACK, LAZY_RUN, LAZY_RUN_BACK -> true;
                    default -> false;
                };
        instructions.add(new Instruction(op, set, x, y, remembers ? memos++ : -1));
        return size() - 1;
    }

    private void setSplit(int index, int end, boolean greedy) {
        set(index, greedy ? index + 1 : end, greedy ? end : index + 1);
    }

    private void set(int index, int x, int y) {
        Instruction old = instructions.get(index);
        instructions.set(index, new Instruction(old.op, old.set, x, y, old.memo));
    }

    private int size() {
        return instructions.size();
    }
}
