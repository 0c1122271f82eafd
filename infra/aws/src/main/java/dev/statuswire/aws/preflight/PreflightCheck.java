package dev.statuswire.aws.preflight;

import java.util.List;

/** One question to the account. */
interface PreflightCheck {

    /** What the question is about, for the line that says that it could not be asked. */
    String subject();

    /**
     * Asks it.
     *
     * @return what is wrong or worth knowing; empty if all is well
     * @throws software.amazon.awssdk.core.exception.SdkException if the service refuses to say, or
     *     cannot be reached
     */
    List<PreflightFinding> run();
}
