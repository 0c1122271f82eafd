package dev.statuswire.core.function;

import java.util.ServiceLoader;

/** Holder that looks up the host on the class path once, on first use. */
final class LoadedFunctionHost {

    static final FunctionHost HOST =
            ServiceLoader.load(FunctionHost.class).findFirst().orElse(FunctionHost.NONE);

    private LoadedFunctionHost() {}
}
