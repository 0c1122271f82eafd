package dev.statuswire.core.function;

import java.util.ServiceLoader;

/** Looks for the host once, when it is first asked for. */
final class LoadedFunctionHost {

    static final FunctionHost HOST =
            ServiceLoader.load(FunctionHost.class).findFirst().orElse(FunctionHost.NONE);

    private LoadedFunctionHost() {}
}
