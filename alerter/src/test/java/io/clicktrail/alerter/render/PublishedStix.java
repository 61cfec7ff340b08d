package io.clicktrail.alerter.render;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.resource.InputStreamSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON schemas that OASIS publishes for STIX 2.1, read from a clone of oasis-open/cti-stix2-json-schemas and from
 * nowhere else. The formats uri and idn-hostname count, though to most validators they are remarks; of mail addresses
 * only what the schemas themselves say, for this validator takes none whose top-level domain is not in a list of its
 * own.
 */
final class PublishedStix {

    /** The system property that names the clone. */
    static final String CLONE = "clicktrail.stix.schemas";

    private static final String BASE =
            "http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new HashMap<>();
    private int objects;

    PublishedStix(Path clone) {
        folder = clone.resolve("schemas");
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.resourceLoaders(loaders -> loaders.add(this::resource)));
    }

    /** What a bundle and each of its objects, by the schema of its type, have wrong. */
    List<String> errors(String bundle) {
        JsonNode root = JSON.readTree(bundle);
        var errors = new ArrayList<>(errors("bundle", root, false));
        for (JsonNode object : root.path("objects")) {
            objects++;
            String type = object.path("type").asString();
            errors.addAll(errors(type, object, !type.equals("email-addr")));
        }
        return errors;
    }

    /** Objects that were held against the schema of their type so far. */
    int objects() {
        return objects;
    }

    private List<String> errors(String type, JsonNode node, boolean formats) {
        List<Error> errors = schemas.computeIfAbsent(
                        type, name -> registry.getSchema(SchemaLocation.of(BASE + folder(name) + '/' + name + ".json")))
                .validate(node, context -> context.executionConfig(config -> config.formatAssertionsEnabled(formats)));
        return errors.stream().map(error -> type + ": " + error).toList();
    }

    private String folder(String type) {
        return Stream.of("sdos", "sros", "observables", "common")
                .filter(name -> Files.exists(folder.resolve(name).resolve(type + ".json")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no published schema of " + type));
    }

    private @Nullable InputStreamSource resource(AbsoluteIri iri) {
        String text = iri.toString();
        return text.startsWith(BASE) ? () -> Files.newInputStream(folder.resolve(text.substring(BASE.length()))) : null;
    }
}
