package io.clicktrail.correlator.chain;

import io.clicktrail.detection.LinkGrade;

/** A set of link grades as bits; several may hold between two events, the strongest is shown. 0 means no link. */
final class LinkGradeSet {

    static final int NONE = 0;
    static final int SAME_PROCESS = bit(LinkGrade.SAME_PROCESS);
    static final int ARTIFACT = bit(LinkGrade.ARTIFACT);
    static final int SAME_APPLICATION = bit(LinkGrade.SAME_APPLICATION);
    static final int SAME_USER = bit(LinkGrade.SAME_USER);
    static final int VIA_ADDRESS = bit(LinkGrade.VIA_ADDRESS);
    static final int SAME_HOST = bit(LinkGrade.SAME_HOST);

    private static final LinkGrade[] GRADES = LinkGrade.values();

    private LinkGradeSet() {}

    private static int bit(LinkGrade grade) {
        return 1 << grade.ordinal();
    }

    /** The strongest grade of a set that is not empty. */
    static LinkGrade best(int grades) {
        return GRADES[Integer.numberOfTrailingZeros(grades)];
    }

    /** What is left of a set where one side's host is not certain: a place or file that both name stays. */
    static int viaAddress(int grades) {
        if ((grades & ARTIFACT) != 0) {
            return ARTIFACT;
        }
        return grades == NONE || grades == SAME_HOST ? grades : VIA_ADDRESS;
    }
}
