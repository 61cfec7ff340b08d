package io.clicktrail.benchmarks.peers.chain;

import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * The command line of a peer's process.
 *
 * @param bootstrap addresses of the brokers
 * @param registry address of the schema registry
 * @param prefix of the topics
 * @param group of its consumers, and of its transactions
 * @param state folder of its state
 * @param commitMillis between two commits or checkpoints
 */
public record PeerOptions(
        String bootstrap, String registry, String prefix, String group, String state, long commitMillis)
        implements Serializable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int RETRIES = 3;

    /** Reads them from a command line. */
    public static PeerOptions of(String[] arguments) {
        return new PeerOptions(
                arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], Long.parseLong(arguments[5]));
    }

    /** As they go on a command line. */
    public List<String> arguments() {
        return List.of(bootstrap, registry, prefix, group, state, Long.toString(commitMillis));
    }

    /** Where the evidence is. */
    public String input() {
        return topics().evidence().name();
    }

    /** Where the chains go. */
    public String output() {
        return group + ".chains";
    }

    /** How the evidence is read: all peers read it as our services do. */
    public Serde<Evidence> evidence() {
        return topics().evidence().valueSerde();
    }

    private Topics topics() {
        var options = new HttpSchemaRegistry.Options(
                List.of(URI.create(registry)), false, null, null, TIMEOUT, TIMEOUT, RETRIES, TIMEOUT);
        return Topics.of(prefix, Topics.DEFAULT_RAW, new RegistrySerdes(new HttpSchemaRegistry(options)));
    }
}
