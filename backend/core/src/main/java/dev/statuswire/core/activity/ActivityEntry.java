package dev.statuswire.core.activity;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A change to a user, as the API shows it.
 *
 * @param sequence orders the changes to one user
 * @param shown {@code {event, at, old, new}}
 */
public record ActivityEntry(String sequence, JsonNode shown) {}
