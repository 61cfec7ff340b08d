package io.clicktrail.correlator.testing;

import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Role;
import java.time.Duration;

/** The plainest chain: a mail's link opens in a browser, the running one reaches evil.top and writes a script. */
public final class AttackTimeline {

    private AttackTimeline() {}

    public static EvidenceDraft click() {
        return EvidenceDraft.of("c1", EventKind.PROCESS_START, Role.CLICK)
                .domain("evil.top", 60)
                .process("chrome-2")
                .parent("outlook-1")
                .application("chrome", ApplicationKind.BROWSER);
    }

    public static EvidenceDraft egress(int score) {
        return EvidenceDraft.of("e1", EventKind.NETWORK_CONNECTION, Role.EGRESS)
                .at(Duration.ofMinutes(1))
                .domain("evil.top", score)
                .process("chrome-1")
                .application("chrome", ApplicationKind.BROWSER);
    }

    public static EvidenceDraft write() {
        return EvidenceDraft.of("w1", EventKind.FILE_WRITE, Role.WRITE)
                .at(Duration.ofMinutes(2))
                .path("C:\\Users\\anna\\Downloads\\w1.js")
                .process("chrome-1")
                .application("chrome", ApplicationKind.BROWSER);
    }
}
