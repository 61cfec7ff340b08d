package io.clicktrail.streams;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.RegistrySettings;
import io.clicktrail.streams.settings.StreamsSettings;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicsSettings;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** A job that creates missing topics and, if configured, the ACLs of each principal; then it ends. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, RegistrySettings.class, StreamsSettings.class, TopicsSettings.class
})
public class TopicsApplication {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsApplication.class);

    public static void main(String[] arguments) throws InterruptedException {
        try (var context = new SpringApplicationBuilder(TopicsApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments)) {
            var edge = context.getBean(EdgeSettings.class);
            var streams = context.getBean(StreamsSettings.class);
            var settings = context.getBean(TopicsSettings.class);
            var registry = new HttpSchemaRegistry(
                    context.getBean(RegistrySettings.class).toOptions());
            var topics = Topics.of(edge.topicPrefix(), edge.rawTopics(), new RegistrySerdes(registry));
            try (var admin = Admin.create(streams.clients(edge))) {
                var plan = settings.plan(streams);
                var created = plan.create(topics, admin);
                LOG.atInfo().addKeyValue("topics", created).log("Topics exist; these are new");
                var differing = plan.withProducerTime(topics, admin);
                if (!differing.isEmpty()) {
                    LOG.atWarn()
                            .addKeyValue("topics", differing)
                            .log("These topics keep the time of their producers, so a wrong clock of one endpoint can"
                                    + " delay cases; set message.timestamp.type=LogAppendTime on each");
                }
                if (settings.principals() != null) {
                    var access = new AccessPlan(settings.principals(), settings.destinations());
                    access.create(topics, admin);
                    LOG.atInfo()
                            .addKeyValue("principals", access.all())
                            .log("ACLs exist");
                }
            }
        }
    }
}
