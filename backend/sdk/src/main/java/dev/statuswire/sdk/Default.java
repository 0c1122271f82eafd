package dev.statuswire.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a component of an input if the client leaves it out. The component is therefore not
 * required. The value is the {@code default} in the JSON Schema, and the form starts with it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Default {

    /**
     * {@return the value as JSON, such as {@code 1} or {@code true}} A text that is not JSON stands
     * for itself, such as {@code small}.
     */
    String value();
}
