package io.clicktrail.alerter.response;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import java.util.UUID;

/** Ids of actions: UUIDv5, so that a repeated recommendation has the same id and is not run twice. */
public final class ActionIds {

    /** UUIDv5 of {@code clicktrail.io} in the DNS name space. */
    private static final UUID NAMESPACE =
            Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_DNS).generate("clicktrail.io");

    private static final NameBasedGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

    private ActionIds() {}

    /** The id of an action of a case. */
    public static String of(String alertId, ActionVerb verb, ActionTarget type, String target) {
        return GENERATOR
                .generate(alertId + '|' + verb + '|' + type + '|' + target)
                .toString();
    }
}
