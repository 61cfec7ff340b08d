package io.clicktrail.schemas;

import org.apache.avro.Schema;

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
     * @throws RegistryException if the registry does not know the id or can't be reached
     */
    Schema schemaOf(int id);
}
