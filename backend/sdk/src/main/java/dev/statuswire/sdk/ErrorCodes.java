package dev.statuswire.sdk;

import org.jspecify.annotations.Nullable;

/** The codes of errors that steps report. */
final class ErrorCodes {

    private ErrorCodes() {}

    static String orDefault(@Nullable String code) {
        return code == null || code.isBlank() ? "failed" : code;
    }
}
