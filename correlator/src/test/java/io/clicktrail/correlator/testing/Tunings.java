package io.clicktrail.correlator.testing;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.QuarantinePolicy;
import io.clicktrail.tuning.Tuning;
import java.util.List;

/** Tuning documents of which only what the correlator reads matters. */
public final class Tunings {

    private Tunings() {}

    /** The built-in lengths of Windows, without skew. */
    public static Tuning.Builder windows(String version) {
        return Tuning.newBuilder()
                .setPlatform(Platform.WINDOWS)
                .setVersion(version)
                .setTimeWindowMs(900_000)
                .setFollowOnMs(3_600_000)
                .setSkewMs(0)
                .setGraceMs(600_000)
                .setBrowserParents(List.of())
                .setUserPaths(List.of())
                .setSuspiciousTlds(List.of())
                .setAllowedCdns(List.of())
                .setHighRiskExtensions(List.of())
                .setDomainRiskScore(30)
                .setQuarantinePolicy(QuarantinePolicy.IGNORE)
                .setOwnDomains(List.of())
                .setProtectedBrands(List.of());
    }
}
