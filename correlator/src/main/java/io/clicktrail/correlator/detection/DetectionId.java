package io.clicktrail.correlator.detection;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.OpenChain;
import java.util.UUID;

/**
 * The id of a detection: UUIDv5 of {@code analytic|host|tenant key|epoch|episode}.
 *
 * <p>It rests on nothing that later evidence can change: not on an event, a time or a stage, because an earlier click
 * or a better link may still arrive. The host, the tenant key and its analytic are given with the first link. The
 * episode counts how often this key was active on this host with a quiet day between. The epoch, the 30-day period in
 * which the chain was first emitted, keeps ids apart when the count has been forgotten; it is set once and then stays
 * with the chain.
 */
final class DetectionId {

    private static final NameBasedGenerator NAMES =
            Generators.nameBasedGenerator(UUID.fromString("5d0c1f2e-8c5b-4f0e-9a54-0de700661204"));

    private DetectionId() {}

    static String of(String host, OpenChain chain) {
        return NAMES.generate(ChainDefinition.analyticOf(chain.platform()) + "|" + host + "|" + chain.tenantKey() + "|"
                        + chain.epoch() + "|" + chain.episode())
                .toString();
    }
}
