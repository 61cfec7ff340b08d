package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A program that people use, from {@code applications.tsv}.
 *
 * @param kind mail, chat, office, reader, terminal or, for browsers, their family: chromium, firefox, safari
 * @param image with {@code {login}} for the account
 * @param opens command line that hands a URL to it, with {@code {image}} and {@code {url}}; {@code -} for none
 */
record DesktopApplication(OperatingSystem system, String key, String kind, String image, String opens) {
    private static final List<DesktopApplication> ALL = read();

    boolean browser() {
        return kind.equals("chromium") || kind.equals("firefox") || kind.equals("safari");
    }

    static List<DesktopApplication> browsers(OperatingSystem system) {
        return ALL.stream()
                .filter(each -> each.system == system && each.browser())
                .toList();
    }

    static boolean exists(OperatingSystem system, String key) {
        return ALL.stream().anyMatch(each -> each.system == system && each.key.equals(key));
    }

    static DesktopApplication of(OperatingSystem system, String key) {
        return ALL.stream()
                .filter(each -> each.system == system && each.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + key + " on " + system.label()));
    }

    private static List<DesktopApplication> read() {
        String name = "applications.tsv";
        try (InputStream in = Objects.requireNonNull(DesktopApplication.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .map(cells -> new DesktopApplication(
                            OperatingSystem.of(cells.get(0)), cells.get(1), cells.get(2), cells.get(3), cells.get(4)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
