package io.clicktrail.alerter.lifecycle;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.List;
import java.util.UUID;

/** Ids of cases that carry on closed ones: UUIDv5 of the closed id, the same for every replay. */
public final class ReopenedIds {

    /** UUIDv5 of {@code clicktrail.io} in the DNS name space. */
    private static final UUID NAMESPACE =
            Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_DNS).generate("clicktrail.io");

    private static final NameBasedGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

    private ReopenedIds() {}

    /** The ids that the case of a detection can have: its own, and those of the cases that carry it on, at most two. */
    public static List<String> line(String detectionId) {
        String second = after(detectionId);
        return List.of(detectionId, second, after(second));
    }

    static String after(String alertId) {
        return GENERATOR.generate("carries on|" + alertId).toString();
    }
}
