package io.clicktrail.alerter.lifecycle;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.List;
import java.util.UUID;

/** Ids of cases that follow up closed ones: UUIDv5 of the closed id, the same in every replay. */
public final class FollowUpIds {

    /** UUIDv5 of {@code clicktrail.io} in the DNS name space. */
    private static final UUID NAMESPACE =
            Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_DNS).generate("clicktrail.io");

    private static final NameBasedGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

    private FollowUpIds() {}

    /** The ids that the case of a detection can have: its own, and those of at most two follow-up cases. */
    public static List<String> all(String detectionId) {
        String second = next(detectionId);
        return List.of(detectionId, second, next(second));
    }

    static String next(String alertId) {
        return GENERATOR.generate("carries on|" + alertId).toString();
    }
}
