package dev.statuswire.core.activity;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A change of a user as it is shown.
 *
 * @param sequence orders the changes of one user
 * @param shown {@code {event, at, old, new}}
 */
public record ActivityEntry(String sequence, JsonNode shown) {}
