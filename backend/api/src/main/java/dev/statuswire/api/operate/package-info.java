/** For whoever runs it: what is up, and figures. */
@NullMarked
package dev.statuswire.api.operate;

import org.jspecify.annotations.NullMarked;
