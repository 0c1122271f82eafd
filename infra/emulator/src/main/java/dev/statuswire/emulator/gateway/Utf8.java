package dev.statuswire.emulator.gateway;

import java.nio.charset.StandardCharsets;

/** Text frames must be well-formed UTF-8 (RFC 6455, section 8.1). */
final class Utf8 {

    private Utf8() {}

    /** The same bytes, or with U+FFFD in the place of what is malformed. */
    static byte[] wellFormed(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
}
