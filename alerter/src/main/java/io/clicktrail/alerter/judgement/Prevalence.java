package io.clicktrail.alerter.judgement;

import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.state.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How common the chain's file and its signer were here before the chain. What several hosts have had for a week or
 * longer is rarely an attack, so it lowers the confidence; that nobody knows a file says little, as most are new.
 *
 * @param file other hosts that had the file for a week or longer when the chain began
 * @param signer other hosts that ran programs of the same signer then
 */
public record Prevalence(int file, int signer) {

    /** Nothing is known. */
    public static final Prevalence NONE = new Prevalence(0, 0);

    private static final Duration LONG = Duration.ofDays(7);
    private static final int COMMON = 5;
    private static final int COMMON_FILE = 15;
    private static final int COMMON_SIGNER = 5;

    /** The prevalence as of the start of a chain. */
    public static Prevalence of(Instant start, CaseContext context) {
        return new Prevalence(
                before(start, context.hostsWithFile(), context), before(start, context.hostsWithSigner(), context));
    }

    private static int before(Instant start, @Nullable List<Seen> hosts, CaseContext context) {
        return hosts == null
                ? 0
                : Math.toIntExact(hosts.stream()
                        .filter(seen -> !context.isOwnHost(seen.getKey()))
                        .filter(seen -> !seen.getFirst().isAfter(start.minus(LONG)))
                        .count());
    }

    boolean hasCommonFile() {
        return file >= COMMON;
    }

    boolean hasCommonSigner() {
        return signer >= COMMON;
    }

    /** What it takes from the confidence, 0 to 20. */
    int loss() {
        return (hasCommonFile() ? COMMON_FILE : 0) + (hasCommonSigner() ? COMMON_SIGNER : 0);
    }
}
