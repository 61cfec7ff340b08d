package io.clicktrail.standalone.stack;

import java.util.Map;

/**
 * Settings of the stack.
 *
 * @param folder holds data and logs
 * @param brokerPort port of the broker on the loopback address; 0 takes a free one
 * @param registryPort port of the registry on the loopback address; 0 takes a free one
 * @param partitions of every topic; with one, a replay keeps the order of delivery through all services
 * @param history whether records of any time are played on it, or else logs are delivered as they come
 * @param services settings that override those of the services, for example {@code clicktrail.enricher.learning}
 */
public record StackSettings(
        WorkFolder folder,
        int brokerPort,
        int registryPort,
        int partitions,
        boolean history,
        Map<String, String> services) {

    public StackSettings {
        services = Map.copyOf(services);
    }
}
