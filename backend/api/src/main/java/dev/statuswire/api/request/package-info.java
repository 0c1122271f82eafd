/** The calls for requests: submit, read, list, wait for a change, cancel and retry. */
@NullMarked
package dev.statuswire.api.request;

import org.jspecify.annotations.NullMarked;
