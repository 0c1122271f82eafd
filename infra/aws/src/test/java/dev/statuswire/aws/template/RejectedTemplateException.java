package dev.statuswire.aws.template;

/** Thrown if CloudFormation or the service of a resource would reject the template. */
final class RejectedTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RejectedTemplateException(String message) {
        super(message);
    }
}
