/**
 * Links: secret URLs, each of which gives access to one request. The API creates, lists, revokes
 * and opens them, the processor creates them for steps, and the notifier deletes those of a removed
 * request.
 */
@NullMarked
package dev.statuswire.core.link;

import org.jspecify.annotations.NullMarked;
