package io.clicktrail.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topics;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

class ServiceTest {

    @ParameterizedTest
    @EnumSource
    void applicationIdFollowsThePrefixOfTheTopics(Service service) throws Exception {
        var other = Topics.of("other", Topics.DEFAULT_RAW, new StateSerdes());

        assertThat(applicationId(service, Map.of())).isEqualTo(service.group());
        assertThat(applicationId(service, Map.of("clicktrail.topic-prefix", "other")))
                .isEqualTo(other.application(service.label()));
    }

    private static String applicationId(Service service, Map<String, Object> settings) throws Exception {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new YamlPropertySourceLoader()
                .load("service", new DefaultResourceLoader().getResource(service.settings()))
                .forEach(environment.getPropertySources()::addLast);
        return environment.getRequiredProperty("spring.application.name");
    }
}
