@NullMarked
package dev.statuswire.aws.preflight;

import org.jspecify.annotations.NullMarked;
