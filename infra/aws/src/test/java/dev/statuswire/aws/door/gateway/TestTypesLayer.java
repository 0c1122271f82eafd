package dev.statuswire.aws.door.gateway;

import dev.statuswire.sdk.RequestType;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;

/** The code of the functions, with the test types instead of the shipped ones. */
final class TestTypesLayer extends ClassLoader {

    static final ClassLoader LOADER = new TestTypesLayer();

    private static final String SERVICES = "META-INF/services/" + RequestType.class.getName();

    private TestTypesLayer() {
        super(TestTypesLayer.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.equals(SERVICES)) {
            return super.getResources(name);
        }
        URL ofTestTypes = getResource("test-types/" + SERVICES);
        return Collections.enumeration(List.of(Objects.requireNonNull(ofTestTypes)));
    }
}
