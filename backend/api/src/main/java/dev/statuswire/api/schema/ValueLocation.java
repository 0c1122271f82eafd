package dev.statuswire.api.schema;

import dev.statuswire.api.http.InputError;
import org.jspecify.annotations.Nullable;

/**
 * A part of a value. It becomes a pointer only when something is wrong with it.
 *
 * @param parent null for the whole value
 * @param name of the member, or the index; of the whole value the pointer that all begin with
 */
record ValueLocation(@Nullable ValueLocation parent, String name) {

    ValueLocation member(String member) {
        return new ValueLocation(this, member);
    }

    ValueLocation item(int index) {
        return new ValueLocation(this, Integer.toString(index));
    }

    String pointer() {
        return parent == null ? name : InputError.pointer(parent.pointer(), name);
    }
}
