/**
 * What Lambda is to the handlers, by AWS Powertools and org.crac. Only the zips have it on their
 * class path; handlers find it as the {@link dev.statuswire.core.function.FunctionHost}.
 */
@NullMarked
package dev.statuswire.function;

import org.jspecify.annotations.NullMarked;
