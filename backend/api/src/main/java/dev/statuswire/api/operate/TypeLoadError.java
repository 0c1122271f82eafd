package dev.statuswire.api.operate;

/**
 * Request types whose newest version could not be loaded. Their previous version, if there is one,
 * stays active.
 *
 * @param source the name of what the types come from, such as a folder
 * @param reason one line for the author of the types, without internals of the server
 */
public record TypeLoadError(String source, String reason) {}
