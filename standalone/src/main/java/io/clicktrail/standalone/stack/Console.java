package io.clicktrail.standalone.stack;

import io.clicktrail.console.ConsoleApplication;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The analyst's pages, for this machine only. */
public final class Console implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final int port;

    private Console(ConfigurableApplicationContext context, int port) {
        this.context = context;
        this.port = port;
    }

    /** @param settings broker, registry and folder of the state */
    static Console start(Map<String, String> settings, int port) {
        var application = new SpringApplication(ConsoleApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        var all = new TreeMap<>(settings);
        all.put("spring.config.location", Service.settingsOf(ConsoleApplication.class));
        all.put("server.port", Integer.toString(port));
        all.put("clicktrail.console.replayed", "true");
        // Health and metrics would need another port.
        all.put("management.server.port", "-1");
        String[] arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new Console(application.run(arguments), port);
    }

    /** Address of the first page. */
    public String url() {
        return "http://localhost:" + port + "/";
    }

    @Override
    public void close() {
        context.close();
    }
}
