package io.clicktrail.standalone;

/** What a replay plays through. */
enum EngineChoice {
    /** Broker, registry and the four services. */
    STACK,

    /** The services' topologies in this process. */
    LOCAL
}
