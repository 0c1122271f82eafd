package dev.statuswire.api.http;

/**
 * What is wrong with one part of a body.
 *
 * @param pointer to the part (RFC 6901), such as {@code /input/dish}; empty for the whole body
 * @param detail for a person
 */
public record InputError(String pointer, String detail) {

    /** The pointer to the member {@code name} of what {@code parent} points to. */
    public static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
