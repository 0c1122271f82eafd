/**
 * The Lambda integration: structured logs, CloudWatch metrics and SnapStart, with AWS Powertools
 * and org.crac. It is packaged only in the zips; handlers find it as their {@link
 * dev.statuswire.core.function.FunctionHost}.
 */
@NullMarked
package dev.statuswire.function;

import org.jspecify.annotations.NullMarked;
