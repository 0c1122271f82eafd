package dev.statuswire.schema;

/** Thrown if a schema is not a JSON Schema of draft 4, or refers to another file. */
public final class InvalidSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place the JSON pointer to the invalid part of the schema
     * @param reason what is wrong with it, for the author of the schema
     */
    InvalidSchemaException(String place, String reason) {
        super("#" + place + ": " + reason);
    }
}
