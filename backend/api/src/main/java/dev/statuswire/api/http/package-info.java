/**
 * Parts that all calls of the API share: the caller, headers, the query, JSON and problem
 * documents.
 */
@NullMarked
package dev.statuswire.api.http;

import org.jspecify.annotations.NullMarked;
