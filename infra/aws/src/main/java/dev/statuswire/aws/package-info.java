/** Statuswire on AWS: an AWS CDK app with one stack. */
@NullMarked
package dev.statuswire.aws;

import org.jspecify.annotations.NullMarked;
