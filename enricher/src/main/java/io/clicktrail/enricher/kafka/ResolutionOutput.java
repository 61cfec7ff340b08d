package io.clicktrail.enricher.kafka;

import io.clicktrail.audit.AuditEntry;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;

/** What host resolution emits. */
public sealed interface ResolutionOutput {

    /** Evidence on its way to the correlator. */
    record ForChains(Evidence evidence) implements ResolutionOutput {}

    /** An event with all that is known of it, for the SIEM. */
    record ForSiem(Evidence evidence) implements ResolutionOutput {}

    /** Telemetry that a host sends, under the name that evidence of the host has. */
    record Covered(Coverage coverage) implements ResolutionOutput {}

    /** A claim on a user that follows from one on an address. */
    record UserLease(Lease lease) implements ResolutionOutput {}

    /** What became of claims, for the audit topic. */
    record Audited(AuditEntry entry) implements ResolutionOutput {}
}
