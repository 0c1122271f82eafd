package dev.statuswire.core.activity;

import java.util.List;
import java.util.Optional;

/**
 * One page of what happened to a user.
 *
 * @param entries the first change first
 * @param next the sequence to go on {@linkplain ActivityQuery#after after}; empty after the last
 *     page. A page may be short, even empty, and still have a next one.
 */
public record ActivityPage(List<ActivityEntry> entries, Optional<String> next) {

    public ActivityPage {
        entries = List.copyOf(entries);
    }
}
