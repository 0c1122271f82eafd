package dev.statuswire.schema;

import org.jspecify.annotations.Nullable;

/**
 * The location of a value within an input. Its pointer and label are created only if there is an
 * error.
 *
 * @param parent null for the whole input
 * @param name the name of the member or the index of the item; for the whole input, the pointer to
 *     it
 * @param isItem whether the value is an item of an array
 */
record ValueLocation(@Nullable ValueLocation parent, String name, boolean isItem) {

    /** Returns the location of a whole input, to which {@code pointer} points. */
    static ValueLocation root(String pointer) {
        return new ValueLocation(null, pointer, false);
    }

    ValueLocation member(String member) {
        return new ValueLocation(this, member, false);
    }

    ValueLocation item(int index) {
        return new ValueLocation(this, Integer.toString(index), true);
    }

    /**
     * Returns what messages call the value: {@code input}, {@code dish} or {@code an item of tags}.
     */
    String label() {
        if (parent == null) {
            return "input";
        }
        if (!isItem) {
            return name;
        }
        return parent.isItem ? parent.label() : "an item of " + parent.label();
    }

    String pointer() {
        return parent == null ? name : InputError.pointer(parent.pointer(), name);
    }
}
