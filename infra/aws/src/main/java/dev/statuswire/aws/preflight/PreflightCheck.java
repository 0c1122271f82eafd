package dev.statuswire.aws.preflight;

import java.util.List;

/** A check of the account before a deployment. */
interface PreflightCheck {

    /** Returns the subject of the check, for the warning if the check could not run. */
    String subject();

    /**
     * Runs the check.
     *
     * @return problems and notes; empty if there are none
     * @throws software.amazon.awssdk.core.exception.SdkException if the service denies the call or
     *     is unreachable
     */
    List<PreflightFinding> run();
}
