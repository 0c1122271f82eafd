package dev.statuswire.core.function;

import java.util.ServiceLoader;

/** Looks for the host once, when it is first asked for. */
final class Found {

    static final FunctionHost HOST =
            ServiceLoader.load(FunctionHost.class).findFirst().orElse(FunctionHost.NONE);

    private Found() {}
}
