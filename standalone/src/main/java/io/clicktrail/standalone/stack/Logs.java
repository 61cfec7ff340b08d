package io.clicktrail.standalone.stack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the logs of this process to a file next to the data, and nothing to the terminal. */
final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{0}: %msg %kvp%n";

    private static final java.util.logging.Logger WEB_SERVER = java.util.logging.Logger.getLogger("org.apache");

    private Logs() {}

    static void to(Path file) {
        // Spring Boot would set up logging anew for each service.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setFile(file.toString());
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("io.clicktrail").setLevel(Level.INFO);
        context.getLogger("clicktrail.audit").setLevel(Level.INFO);
        // The web server of the console logs elsewhere, to the terminal.
        WEB_SERVER.setLevel(java.util.logging.Level.WARNING);
    }
}
