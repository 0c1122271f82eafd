package dev.statuswire.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedForwardingTest {

    private final TrustedForwarding forwarding =
            new TrustedForwarding(Set.of("10.1.2.3", "192.168.0.0/16"));

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,     true",
        "127.9.9.9,     true",
        "::1,           true",
        "10.1.2.3,      true",
        "192.168.7.7,   true",
        "10.1.2.4,      false",
        "192.169.0.1,   false",
        "203.0.113.5,   false"
    })
    void only_this_machine_and_the_configured_proxies_are_trusted(String address, boolean trusted)
            throws Exception {
        assertThat(forwarding.isTrusted(InetAddress.getByName(address))).isEqualTo(trusted);
    }

    @Test
    void an_entry_that_is_not_an_address_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustedForwarding(Set.of("proxy.example.org")));
    }
}
