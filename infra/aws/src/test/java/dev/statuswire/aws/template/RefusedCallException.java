package dev.statuswire.aws.template;

/** Thrown if API Gateway itself responds to a call, with a gateway response of this type. */
final class RefusedCallException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String responseType;

    RefusedCallException(String responseType) {
        super(responseType);
        this.responseType = responseType;
    }

    String responseType() {
        return responseType;
    }
}
