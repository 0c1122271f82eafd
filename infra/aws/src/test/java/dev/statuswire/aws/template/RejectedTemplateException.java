package dev.statuswire.aws.template;

/** The template is one that CloudFormation or the service of a resource refuses to deploy. */
final class RejectedTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RejectedTemplateException(String message) {
        super(message);
    }
}
