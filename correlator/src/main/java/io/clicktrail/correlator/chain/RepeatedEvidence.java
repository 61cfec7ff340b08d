package io.clicktrail.correlator.chain;

import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import java.util.EnumSet;
import java.util.List;

/**
 * Two pieces of evidence of one event as one. Where one knows a later start of the process that both know by its pid
 * alone, it replaces the other. Else they differ where intel came between them: the one with the higher score counts,
 * of equal ones that with more intel, and it plays the roles of both. So it does not matter which came first, nor how
 * often.
 */
final class RepeatedEvidence {

    private static final int NO_DOMAIN = -1;

    private RepeatedEvidence() {}

    /** What is known now; the known evidence itself if the other adds nothing. */
    static Evidence joined(Evidence known, Evidence again) {
        if (known.getProcessOrder() != again.getProcessOrder()) {
            return replaces(again, known) ? again : known;
        }
        boolean more = saysMore(again, known);
        var strong = more ? again : known;
        var weak = more ? known : again;
        return strong.getRoles().containsAll(weak.getRoles()) ? strong : withRolesOf(strong, weak);
    }

    /** Whether evidence of the same event takes the place of what was known, whatever either says. */
    static boolean replaces(Evidence again, Evidence known) {
        return again.getProcessOrder() > known.getProcessOrder();
    }

    private static boolean saysMore(Evidence a, Evidence b) {
        int order = Integer.compare(score(a), score(b));
        return order != 0 ? order > 0 : intel(a) > intel(b);
    }

    private static int score(Evidence evidence) {
        var domain = evidence.getDomain();
        return domain == null ? NO_DOMAIN : domain.getScore();
    }

    private static int intel(Evidence evidence) {
        var domain = evidence.getDomain();
        var file = evidence.getFile();
        var process = evidence.getProcess();
        return (domain == null ? 0 : domain.getIntel().size())
                + (file == null ? 0 : file.getIntel().size())
                + (process == null ? 0 : process.getIntel().size());
    }

    private static Evidence withRolesOf(Evidence strong, Evidence weak) {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(strong.getRoles());
        roles.addAll(weak.getRoles());
        return RecordCopy.of(strong).set("roles", List.copyOf(roles)).build();
    }
}
