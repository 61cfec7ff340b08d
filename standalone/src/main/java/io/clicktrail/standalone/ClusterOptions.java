package io.clicktrail.standalone;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The brokers and the registry of a command; by default those of './clicktrail up'. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Kafka brokers (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers = "";

    @Mixin
    private AccessOptions access = new AccessOptions();

    String bootstrapServers() {
        return bootstrapServers;
    }

    HttpSchemaRegistry registry() {
        return access.client();
    }

    /** Base address of the registry's Confluent API. */
    String registryAddress() {
        return access.registry();
    }

    Topics topics() {
        return access.topics();
    }

    Map<String, Object> clients() throws UnreadableLogException {
        return access.clients(bootstrapServers);
    }
}
