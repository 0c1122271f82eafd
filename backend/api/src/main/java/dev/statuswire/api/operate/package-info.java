/** For operators: health checks and metrics. */
@NullMarked
package dev.statuswire.api.operate;

import org.jspecify.annotations.NullMarked;
