package io.clicktrail.schemas.tuning;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One mutable element: a row of {@link TuningElements}.
 *
 * @param name key in files and messages, MITRE's name where MITRE has one
 * @param description one sentence for authors
 * @param type form, range and unit of the values
 * @param builtIn value of a platform that nobody has tuned
 * @param reader takes the value from the Avro record
 * @param writer puts the value into the Avro record
 */
record TuningElement<T>(
        String name,
        String description,
        ElementType<T> type,
        Function<Platform, T> builtIn,
        Function<Tuning, T> reader,
        BiConsumer<Tuning.Builder, T> writer) {

    void setBuiltIn(Platform platform, Tuning.Builder document) {
        writer.accept(document, builtIn.apply(platform));
    }

    void set(Node node, Tuning.Builder document) throws YamlMistake {
        writer.accept(document, type.read(node, name));
    }

    /** The value as YAML and JSON have it. */
    Object plain(Tuning document) {
        return type.plain(reader.apply(document));
    }

    List<TuningProblem> problems(Tuning document) {
        return type.problems(name, reader.apply(document));
    }

    int entries(Tuning document) {
        return type.entries(reader.apply(document));
    }
}
