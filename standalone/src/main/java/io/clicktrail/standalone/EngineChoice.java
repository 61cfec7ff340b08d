package io.clicktrail.standalone;

/** What judges the logs of a replay: the values of {@code --engine}. */
enum EngineChoice {
    /** Broker, registry and the four services. */
    STACK,

    /** The services' topologies in this process. */
    LOCAL
}
