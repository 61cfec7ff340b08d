package io.clicktrail.schemas;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** Where writers announce their schemas and readers look them up: the two calls of the Confluent REST API we need. */
public interface SchemaRegistry {

    /**
     * Id of a schema under a subject, registered or only looked up as the registry's settings say.
     *
     * @throws RegistryException if the registry refuses the schema or can't be reached
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema behind an id.
     *
     * @throws SerializationException if the registry answers that it does not know the id: the record is bad
     * @throws RegistryException if the registry can't be reached or does not let us in: the record may be good
     */
    Schema schemaOf(int id);
}
