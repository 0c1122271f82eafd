package dev.statuswire.identity.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RSA keys. Each is generated only once, because generating a key takes longer than most tests. */
public final class SigningKeys {

    /** The number of different keys. */
    public static final int COUNT = 3;

    private static final Map<Integer, RSAKey> GENERATED = new ConcurrentHashMap<>();

    private SigningKeys() {}

    /**
     * Returns the key with a number, modulo {@value #COUNT}.
     *
     * @param number 0 or more
     */
    public static RSAKey number(int number) {
        return GENERATED.computeIfAbsent(number % COUNT, SigningKeys::generate);
    }

    private static RSAKey generate(int number) {
        try {
            return new RSAKeyGenerator(2048).keyID("key-" + number).generate();
        } catch (JOSEException broken) {
            throw new AssertionError(broken);
        }
    }
}
