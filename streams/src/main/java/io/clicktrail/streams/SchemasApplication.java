package io.clicktrail.streams;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.HttpSchemaRegistry.Standing;
import io.clicktrail.schemas.RegistryException;
import io.clicktrail.schemas.TopicSchemas;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.RegistrySettings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * A job that registers the schemas of this release, so that the services need only look them up; then it ends. It
 * fails, and registers nothing, where the registry would refuse one of them: an upgrade then stops before it begins.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, RegistrySettings.class})
public class SchemasApplication {

    private static final Logger LOG = LoggerFactory.getLogger(SchemasApplication.class);

    public static void main(String[] arguments) {
        try (var context = new SpringApplicationBuilder(SchemasApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments)) {
            var settings = context.getBean(RegistrySettings.class).toOptions();
            try (var registry = new HttpSchemaRegistry(settings.registering())) {
                register(registry, context.getBean(EdgeSettings.class).topicPrefix());
            }
        }
    }

    private static void register(HttpSchemaRegistry registry, String prefix) {
        var missing = new TreeMap<String, Schema>();
        for (Map.Entry<String, Schema> schema : TopicSchemas.bySubject(prefix).entrySet()) {
            Standing standing = registry.standing(schema.getKey(), schema.getValue());
            if (standing == Standing.REFUSED) {
                throw new RegistryException("The schema of this release does not follow those of subject "
                        + schema.getKey() + ": nothing was registered");
            }
            if (standing == Standing.ACCEPTABLE) {
                missing.put(schema.getKey(), schema.getValue());
            }
        }
        missing.forEach(registry::idOf);
        LOG.atInfo().addKeyValue("subjects", missing.keySet()).log("Schemas are registered; these are new");
    }
}
