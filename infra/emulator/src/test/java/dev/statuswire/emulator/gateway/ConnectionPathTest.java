package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/@connections/R0oXAdfD0kwCH6w=",
                "/@connections/R0oXAdfD0kwCH6w%3D",
                "/%40connections/R0oXAdfD0kwCH6w%3D",
                "/prod/@connections/R0oXAdfD0kwCH6w%3d",
                "/prod/%40connections/R0oXAdfD0kwCH6w%3D"
            })
    void the_id_is_found_encoded_or_not(String path) {
        assertThat(ConnectionPath.idIn(path, "prod")).contains("R0oXAdfD0kwCH6w=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/@connections",
                "/@connections/",
                "/beta/@connections/abc=",
                "/prod/more/@connections/abc=",
                "/prod/@connections/abc=/more",
                "/@connections/%ZZ",
                "/connections/abc="
            })
    void other_paths_have_no_id(String path) {
        assertThat(ConnectionPath.idIn(path, "prod")).isEmpty();
    }

    @Test
    void ids_have_the_form_of_aws_and_are_unique() {
        ConnectionIds ids = new ConnectionIds(new Random(1));
        assertThat(Stream.generate(ids::next).limit(1_000))
                .allMatch(id -> id.matches("[A-Za-z0-9_-]{15}="))
                .doesNotHaveDuplicates();
    }
}
