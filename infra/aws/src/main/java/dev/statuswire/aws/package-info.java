/** Statuswire on AWS: the stack, as an app of the AWS Cloud Development Kit. */
@NullMarked
package dev.statuswire.aws;

import org.jspecify.annotations.NullMarked;
