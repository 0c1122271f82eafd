/** Ports that only this machine can reach: the page, and the stand-ins of AWS' own endpoints. */
@NullMarked
package dev.statuswire.emulator.loopback;

import org.jspecify.annotations.NullMarked;
