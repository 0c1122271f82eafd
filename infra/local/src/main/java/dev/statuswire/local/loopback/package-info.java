/** HTTP ports that only this machine can reach, for the stand-ins of AWS' own endpoints. */
@NullMarked
package dev.statuswire.local.loopback;

import org.jspecify.annotations.NullMarked;
