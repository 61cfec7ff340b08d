package io.clicktrail.schemas;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** The two calls of the Confluent REST API that writers and readers need. */
public interface SchemaRegistry {

    /**
     * Id of a schema of a subject, which is registered or only looked up, according to the settings.
     *
     * @throws RegistryException if the registry refuses the schema or can't be reached
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema of an id.
     *
     * @throws SerializationException if the registry does not know the id: the record is bad
     * @throws RegistryException if the registry can't be reached or refuses the login: the record may be valid
     */
    Schema schemaOf(int id);
}
