package dev.statuswire.aws;

import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * Names for resources that are global to an account, such as CloudFront policies and CloudWatch
 * dashboards. The names contain the region, so that an account can have a stage in several regions.
 */
final class GlobalName {

    private GlobalName() {}

    /**
     * Returns a name of at most 64 characters for a resource in the stack of {@code scope}.
     *
     * @param what distinguishes the resource from others of its kind in the stack; at most 18
     *     characters
     */
    static String of(Construct scope, String what) {
        Stack stack = Stack.of(scope);
        return stack.getStackName() + "-" + stack.getRegion() + "-" + what;
    }
}
