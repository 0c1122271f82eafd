package dev.statuswire.api.schema;

/** Thrown for a schema that is not one of JSON Schema draft 4, or that refers to another file. */
public final class InvalidSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place the part of the schema, as a JSON pointer in a URI fragment
     * @param reason what is wrong with it, for the author of the schema
     */
    InvalidSchemaException(String place, String reason) {
        super("#" + place + ": " + reason);
    }
}
