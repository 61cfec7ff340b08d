package io.clicktrail.standalone;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.Suffixes;
import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The weights and lists of the enricher. */
@Command(
        name = "lists",
        description = "Checks and updates the weights and lists for scoring domains, files and processes.",
        mixinStandardHelpOptions = true)
final class ListsCommand {
    private static final String ORIGIN = "https://publicsuffix.org/list/public_suffix_list.dat";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_BYTES = 16 << 20;
    private static final int OK = 200;
    private static final int DATE = "2026-11-15".length();

    private final Terminal terminal;

    ListsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "check",
            description = {
                "Prints the date of each list and marks those older than 180 days, or prints file, line and reason of",
                "the first error. Needs no Kafka."
            },
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(
                            paramLabel = "FOLDER",
                            arity = "0..1",
                            description = "Folder of clicktrail.enricher.lists (default: the bundled lists).")
                    @Nullable
                    Path folder)
            throws UnreadableLogException {
        Instant now = Instant.now();
        new TreeMap<>(catalogues(folder).dates()).forEach((name, date) -> {
            boolean isOld = Duration.between(date, now).compareTo(DomainCatalogue.OUTDATED) > 0;
            terminal.results()
                    .printf(
                            "%s  %s%s%n",
                            date.toString().substring(0, DATE),
                            name,
                            isOld ? "  older than " + DomainCatalogue.OUTDATED.toDays() + " days" : "");
        });
        return Clicktrail.DONE;
    }

    @Command(
            name = "refresh",
            description = {
                "Downloads the current Public Suffix List into a folder of lists and replaces the one there. The",
                "enricher whose setting clicktrail.enricher.lists names the folder uses it after a restart."
            },
            mixinStandardHelpOptions = true)
    int refresh(
            @Parameters(paramLabel = "FOLDER", description = "Folder of lists.") Path folder,
            @Option(
                            names = "--from",
                            paramLabel = "URL",
                            defaultValue = ORIGIN,
                            description = "Address of the list (default: ${DEFAULT-VALUE}).")
                    URI from)
            throws Exception {
        byte[] list = download(from);
        Path target = folder.resolve(Lists.PUBLIC_SUFFIXES);
        try {
            String version = Suffixes.read(from.toString(), new ByteArrayInputStream(list))
                    .version();
            Files.createDirectories(folder);
            Path whole = Files.createTempFile(folder, ".", ".part");
            Files.write(whole, list);
            Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            terminal.say(target + ": list of " + version);
            return Clicktrail.DONE;
        } catch (IllegalArgumentException e) {
            throw new UnreadableLogException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw UnreadableLogException.unwritable(target, e);
        }
    }

    private static byte[] download(URI from) throws UnreadableLogException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(TIMEOUT)
                .build()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(from).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES);
                if (response.statusCode() != OK) {
                    throw new UnreadableLogException(from + " answers " + response.statusCode());
                }
                return bytes;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableLogException("cannot read " + from + ": " + e.getMessage());
        }
    }

    private static Catalogues catalogues(@Nullable Path folder) throws UnreadableLogException {
        if (folder == null) {
            return Catalogues.bundled();
        }
        try {
            return Catalogues.of(Lists.in(folder));
        } catch (IllegalArgumentException e) {
            throw new UnreadableLogException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw UnreadableLogException.in(folder, e);
        }
    }
}
