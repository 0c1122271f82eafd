package dev.statuswire.aws;

import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * Names of resources that are global to an account, such as CloudFront's policies and CloudWatch's
 * dashboards: with the region in them, so that a stage can stand in several regions of one account.
 */
final class GlobalName {

    private GlobalName() {}

    /**
     * Returns a name for a resource of {@code scope}'s stack, of at most 64 characters.
     *
     * @param what tells it from others of its kind in this stack, at most 18 characters
     */
    static String of(Construct scope, String what) {
        Stack stack = Stack.of(scope);
        return stack.getStackName() + "-" + stack.getRegion() + "-" + what;
    }
}
