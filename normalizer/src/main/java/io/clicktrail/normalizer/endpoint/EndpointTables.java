package io.clicktrail.normalizer.endpoint;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.TabTable;
import java.util.Arrays;
import java.util.Map;

/**
 * Where one sensor writes what.
 *
 * @param actions what the sensor's actions come to
 * @param facts everything but processes and accounts
 * @param actor the process that did it
 * @param actorParent what started the actor
 * @param started the process that was started
 * @param starter what started it; the actor where the sensor reports a start as its parent's deed
 * @param account the account that the actor runs as
 * @param subject the account that a process was started as, that logged on, or that an alert is about
 */
record EndpointTables(
        Map<String, EndpointFact> actions,
        FieldTable<EndpointField> facts,
        FieldTable<ProcessField> actor,
        FieldTable<ProcessField> actorParent,
        FieldTable<ProcessField> started,
        FieldTable<ProcessField> starter,
        FieldTable<AccountField> account,
        FieldTable<AccountField> subject) {

    private static final String LIST = "endpoint/sensors.tsv";
    private static final int COLUMNS = 4;
    private static final String ACTION = "action";

    EndpointTables {
        actions = Map.copyOf(actions);
    }

    /** The tables of a sensor. */
    static EndpointTables of(String sensor, JsonPaths paths) {
        return of(sensor, "", paths);
    }

    /**
     * The tables of a sensor whose fields are below another one.
     *
     * @param above that one with a dot; empty for none
     */
    static EndpointTables of(String sensor, String above, JsonPaths paths) {
        Map<String, Map<String, String>> tables = TabTable.rows(LIST, COLUMNS).stream()
                .filter(row -> row[0].equals(sensor))
                .collect(groupingBy(
                        row -> row[1],
                        toMap(row -> row[2], row -> row[1].equals(ACTION) ? row[3] : below(above, row[3]))));
        return new EndpointTables(
                facts(tables.getOrDefault(ACTION, Map.of())),
                table("facts", EndpointField.class, tables, paths),
                table("actor", ProcessField.class, tables, paths),
                table("actorParent", ProcessField.class, tables, paths),
                table("started", ProcessField.class, tables, paths),
                table("starter", ProcessField.class, tables, paths),
                table("account", AccountField.class, tables, paths),
                table("subject", AccountField.class, tables, paths));
    }

    private static String below(String above, String names) {
        return Arrays.stream(names.split(" ")).map(above::concat).collect(joining(" "));
    }

    private static Map<String, EndpointFact> facts(Map<String, String> words) {
        return words.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, each -> EndpointFact.valueOf(each.getValue())));
    }

    private static <F extends Enum<F>> FieldTable<F> table(
            String name, Class<F> fields, Map<String, Map<String, String>> tables, JsonPaths paths) {
        Map<F, String> names = tables.getOrDefault(name, Map.of()).entrySet().stream()
                .collect(toMap(each -> Enum.valueOf(fields, each.getKey()), Map.Entry::getValue));
        return new FieldTable<>(paths, fields, names);
    }
}
