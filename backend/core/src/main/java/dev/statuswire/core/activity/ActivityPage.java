package dev.statuswire.core.activity;

import java.util.List;
import java.util.Optional;

/**
 * One page of the changes to a user.
 *
 * @param entries the changes, oldest first
 * @param next the sequence {@linkplain ActivityQuery#after after} which the next page starts; empty
 *     on the last page. A page may be short, or even empty, and still have a next page.
 */
public record ActivityPage(List<ActivityEntry> entries, Optional<String> next) {

    public ActivityPage {
        entries = List.copyOf(entries);
    }
}
