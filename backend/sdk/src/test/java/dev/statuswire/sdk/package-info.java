@NullMarked
package dev.statuswire.sdk;

import org.jspecify.annotations.NullMarked;
