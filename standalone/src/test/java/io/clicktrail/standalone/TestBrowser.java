package io.clicktrail.standalone;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window: the one that CLICKTRAIL_CHROMIUM names, one of this machine, one that the package
 * manager installs, or the one that Playwright downloads. Without any, the test is skipped and says so.
 */
final class TestBrowser implements AutoCloseable {

    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");

    private final Playwright playwright;
    private final Browser browser;

    private TestBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static TestBrowser start() {
        Path found = found();
        if (found == null && installed()) {
            found = found();
        }
        Map<String, String> environment = found == null ? Map.of() : Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = null;
        try {
            playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            var options = new BrowserType.LaunchOptions().setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
            if (found != null) {
                options.setExecutablePath(found);
            }
            return new TestBrowser(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException e) {
            if (playwright != null) {
                playwright.close();
            }
            return Assumptions.abort(
                    "no browser: install Chromium or set CLICKTRAIL_CHROMIUM to it (" + e.getMessage() + ")");
        }
    }

    Browser browser() {
        return browser;
    }

    private static @Nullable Path found() {
        return Stream.concat(Stream.ofNullable(System.getenv("CLICKTRAIL_CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Debian's package manager, where this process may use it. */
    private static boolean installed() {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !Files.isWritable(Path.of("/usr/bin"))) {
            return false;
        }
        return runs("apt-get", "-q", "update") && runs("apt-get", "-q", "-y", "install", "chromium");
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
