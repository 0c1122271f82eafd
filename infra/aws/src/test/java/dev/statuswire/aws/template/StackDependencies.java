package dev.statuswire.aws.template;

import java.util.List;

/** The common dependencies of the components of a running stack. */
record StackDependencies(
        Template template, Network network, Policies policies, Functions functions) {

    /**
     * Checks, as Lambda does, that the role of a mapping's function may read the source of the
     * mapping.
     *
     * @throws RejectedTemplateException if one of {@code actions} is not allowed
     */
    void checkRole(Resource mapping, List<String> actions) {
        String function = functions.id(mapping.text("FunctionName"));
        String role =
                template.all("AWS::Lambda::Function").stream()
                        .filter(it -> it.id().equals(function))
                        .findFirst()
                        .orElseThrow()
                        .text("Role");
        String source = mapping.text("EventSourceArn");
        for (String action : actions) {
            if (!policies.allows(role, "lambda.amazonaws.com", action, source)) {
                throw new RejectedTemplateException(
                        "Cannot access %s. Please ensure the role can perform %s"
                                .formatted(source, action));
            }
        }
    }
}
