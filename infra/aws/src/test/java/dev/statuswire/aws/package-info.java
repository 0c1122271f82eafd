@NullMarked
package dev.statuswire.aws;

import org.jspecify.annotations.NullMarked;
