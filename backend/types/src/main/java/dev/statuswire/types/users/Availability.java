package dev.statuswire.types.users;

/** The output of a step that checks whether a name or an email address is still free. */
record Availability(boolean available) {}
