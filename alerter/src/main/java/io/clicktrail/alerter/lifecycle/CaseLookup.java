package io.clicktrail.alerter.lifecycle;

import io.clicktrail.alert.Alert;
import io.clicktrail.state.CaseGroup;
import org.jspecify.annotations.Nullable;

/** Lookup of the cases of a host. */
public interface CaseLookup {

    /** The last revision of a case; null where none was sent or it is too long ago. */
    @Nullable
    Alert last(String alertId);

    /**
     * The cases of one host, analytic and tenant key, or all of the host ({@link HostCases#key}); an empty group where
     * there are none.
     */
    CaseGroup group(String key);
}
