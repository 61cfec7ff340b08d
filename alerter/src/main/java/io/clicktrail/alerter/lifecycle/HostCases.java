package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.state.CaseGroup;

/**
 * The cases of one host, whatever the places that they name. Chains with the same click, file or execution are one
 * case: a browser that looks up hundreds of names while it downloads makes a chain of each of them.
 */
public final class HostCases {

    private HostCases() {}

    /** Key of the group of all cases of the host; no key of a group of one place, which is hexadecimal. */
    public static String key(Alert alert) {
        return "host|" + alert.getDevice().getHostname();
    }

    /** The group with a case that was sent; one that is folded into another one is no member. */
    public static CaseGroup with(CaseGroup group, Alert sent) {
        return sent.getState() == CaseState.SUPPRESSED ? group : CaseGroups.with(group, CaseGroups.member(sent));
    }
}
