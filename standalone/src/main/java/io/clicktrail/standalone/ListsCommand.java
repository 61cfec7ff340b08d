package io.clicktrail.standalone;

import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.DomainRanking;
import io.clicktrail.enricher.domain.Suffixes;
import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
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
    /** Tranco, "A Research-Oriented Top Sites Ranking Hardened Against Manipulation" (NDSS 2019). */
    private static final String RANKING = "https://tranco-list.eu/top-1m.csv.zip";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_BYTES = 32 << 20;
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
                "Downloads the current Public Suffix List and the most visited domains of a public ranking "
                        + "into a folder",
                "of lists and replaces those there. The enricher whose setting clicktrail.enricher.lists names the",
                "folder uses them after a restart."
            },
            mixinStandardHelpOptions = true)
    int refresh(
            @Parameters(paramLabel = "FOLDER", description = "Folder of lists.") Path folder,
            @Option(
                            names = "--from",
                            paramLabel = "URL",
                            defaultValue = ORIGIN,
                            description = "Address of the Public Suffix List (default: ${DEFAULT-VALUE}).")
                    URI from,
            @Option(
                            names = "--ranking",
                            paramLabel = "URL",
                            defaultValue = RANKING,
                            description = {
                                "Address of a ranking with lines of rank,domain, plain or zipped (default:",
                                "${DEFAULT-VALUE})."
                            })
                    URI ranking,
            @Option(
                            names = "--top",
                            paramLabel = "N",
                            defaultValue = "5000",
                            description =
                                    "Domains of the ranking that are read; 0 for none (default: ${DEFAULT-VALUE}).")
                    int top)
            throws Exception {
        byte[] list = download(from);
        Path target = folder.resolve(Lists.PUBLIC_SUFFIXES);
        try {
            String version = Suffixes.read(from.toString(), new ByteArrayInputStream(list))
                    .version();
            Files.createDirectories(folder);
            replace(target, list);
            terminal.say(target + ": list of " + version);
            if (top > 0) {
                refreshPopular(folder, ranking, top);
            }
            return Clicktrail.DONE;
        } catch (IllegalArgumentException e) {
            throw new UnreadableLogException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw UnreadableLogException.unwritable(target, e);
        }
    }

    /** The names that ship with Clicktrail, and those of the ranking for which one tenant answers. */
    private void refreshPopular(Path folder, URI ranking, int top) throws Exception {
        byte[] list = download(ranking);
        var names = new LinkedHashSet<String>();
        Lists.bundled().of(Lists.Name.POPULAR).forEach(row -> names.add(row.text(0)));
        int bundled = names.size();
        names.addAll(DomainRanking.popular(
                lines(list), top, Catalogues.of(Lists.in(folder)).domains()));
        if (names.size() == bundled) {
            throw new UnreadableLogException(ranking + ": not a ranking: no lines of rank,domain");
        }
        String version = Instant.now().toString().substring(0, DATE);
        String header = "# version: " + version + "\n# source: the first " + top + " of " + ranking
                + " for which one tenant answers, and the names that ship with Clicktrail\n";
        Path target = folder.resolve(Lists.Name.POPULAR.fileName());
        replace(target, (header + String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
        terminal.say(target + ": " + names.size() + " names, list of " + version);
    }

    /** The lines of a text, or of the first file of a zip archive. */
    private static Stream<String> lines(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        if (bytes.length > 2 && bytes[0] == 'P' && bytes[1] == 'K') {
            var zip = new ZipInputStream(in);
            zip.getNextEntry();
            in = zip;
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path whole = Files.createTempFile(target.getParent(), ".", ".part");
        Files.write(whole, content);
        Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
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
