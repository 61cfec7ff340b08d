package io.clicktrail.normalizer.endpoint;

import io.clicktrail.normalizer.format.FieldTable;

/**
 * Where one sensor writes what.
 *
 * @param facts everything but processes and accounts
 * @param actor the process that did it
 * @param actorParent what started the actor
 * @param started the process that was started
 * @param starter what started it; the actor where the sensor reports a start as its parent's deed
 * @param account the account that the actor runs as
 * @param subject the account that a process was started as, that logged on, or that an alert is about
 */
record EndpointTables(
        FieldTable<EndpointField> facts,
        FieldTable<ProcessField> actor,
        FieldTable<ProcessField> actorParent,
        FieldTable<ProcessField> started,
        FieldTable<ProcessField> starter,
        FieldTable<AccountField> account,
        FieldTable<AccountField> subject) {}
