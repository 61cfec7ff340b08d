package io.clicktrail.enricher.history.feed;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.intel.feed.FeedTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads files of domains' histories into entries by tenant key. Of several lines for one tenant key the earliest time
 * and the best rank count. Names that strangers share are refused: their past is that of nobody in particular.
 *
 * <p>Entries are kept until the file ends, at most {@value #MAX_ENTRIES} of them.
 */
public final class HistoryReader {

    /** Bytes that show the format of a file. */
    public static final int BEGINNING = 8_192;

    static final int MAX_ENTRIES = 2_000_000;
    private static final int MAX_NAMES = 1_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .build())
            .build();

    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .setCommentMarker('#')
            .setLenientEof(true)
            .setTrailingData(true)
            .get();

    private static final List<String> DOMAIN_COLUMNS = List.of("domainname", "domain_name", "domain", "name");
    private static final List<String> CREATED_COLUMNS = List.of(
            "createddate", "created_date", "create_date", "creationdate", "creation_date", "created", "createdat");

    private final DomainCatalogue domains;
    private final Map<String, DomainHistory> entries = new LinkedHashMap<>();
    private final String source;
    private final @Nullable Instant listed;
    private final HistorySink sink;
    private int number;

    private HistoryReader(DomainCatalogue domains, String source, @Nullable Instant listed, HistorySink sink) {
        this.domains = domains;
        this.source = source;
        this.listed = listed;
        this.sink = sink;
    }

    /**
     * Reads a file.
     *
     * @param source who says so; no blanks
     * @param listed when it said so; null where that is not known
     * @throws IOException where the file can't be read, or is none of this format
     */
    public static void read(
            InputStream in,
            HistoryFormat format,
            DomainCatalogue domains,
            String source,
            @Nullable Instant listed,
            HistorySink sink)
            throws IOException {
        var reader = new HistoryReader(domains, source, listed, sink);
        try {
            switch (format) {
                case RDAP, PASSIVE_DNS, CRT_SH, CERTSTREAM -> reader.json(in, format);
                case WHOIS_CSV -> reader.whois(in);
                case RANKING -> reader.ranking(in);
            }
        } catch (JacksonIOException | UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException("line " + line + ": " + e.getOriginalMessage(), e);
        }
        reader.entries.values().forEach(sink::take);
    }

    /** Objects in a row or in arrays. */
    private void json(InputStream in, HistoryFormat format) {
        try (JsonParser json = JSON.createParser(in)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    number++;
                    object(json.readValueAsTree(), format);
                }
            }
        }
    }

    private void object(JsonNode object, HistoryFormat format) {
        switch (format) {
            case RDAP -> rdap(object);
            case PASSIVE_DNS ->
                add(HistoryKind.RESOLUTION, text(object, "rrname"), time(object, "time_first", "zone_time_first"));
            case CRT_SH -> {
                Instant since = time(object, "not_before", "entry_timestamp");
                text(object, "name_value")
                        .lines()
                        .limit(MAX_NAMES)
                        .forEach(name -> add(HistoryKind.CERTIFICATE, name, since));
            }
            case CERTSTREAM -> {
                JsonNode data = object.path("data");
                Instant since = time(data.path("leaf_cert"), "not_before", "not_before");
                Instant seen = since == null ? time(data, "seen", "seen") : since;
                data.path("leaf_cert")
                        .path("all_domains")
                        .valueStream()
                        .limit(MAX_NAMES)
                        .forEach(name -> add(HistoryKind.CERTIFICATE, name.asString(""), seen));
            }
            case WHOIS_CSV, RANKING -> {}
        }
    }

    /** RFC 9083, sections 4.5 and 5.3. */
    private void rdap(JsonNode object) {
        if (!text(object, "objectClassName").equals("domain")) {
            refuse("is no domain of RDAP");
            return;
        }
        Instant registered = null;
        for (JsonNode event : object.path("events")) {
            String action = text(event, "eventAction");
            boolean isRegistration = action.equals("registration") || action.equals("reregistration");
            Instant at = isRegistration ? FeedTime.of(text(event, "eventDate")) : null;
            registered = at != null && (registered == null || at.isAfter(registered)) ? at : registered;
        }
        add(HistoryKind.REGISTRATION, text(object, "ldhName"), registered);
    }

    private void whois(InputStream in) throws IOException {
        int domain = -1;
        int created = -1;
        try (var lines = new InputStreamReader(in, StandardCharsets.UTF_8);
                CSVParser rows = CSVParser.parse(lines, CSV)) {
            for (CSVRecord row : rows) {
                number++;
                if (domain < 0) {
                    domain = column(row, DOMAIN_COLUMNS);
                    created = column(row, CREATED_COLUMNS);
                    if (domain < 0 || created < 0) {
                        throw new IOException("line 1: the heading names no domain or no time of creation");
                    }
                } else if (row.size() <= Math.max(domain, created)) {
                    refuse("has " + row.size() + " columns");
                } else {
                    add(HistoryKind.REGISTRATION, row.get(domain), FeedTime.of(row.get(created)));
                }
            }
        }
    }

    private static int column(CSVRecord heading, List<String> names) {
        for (String name : names) {
            for (int i = 0; i < heading.size(); i++) {
                if (heading.get(i).toLowerCase(Locale.ROOT).equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private void ranking(InputStream in) throws IOException {
        int rank = 0;
        int domain = 1;
        try (var lines = new InputStreamReader(in, StandardCharsets.UTF_8);
                CSVParser rows = CSVParser.parse(lines, CSV)) {
            for (CSVRecord row : rows) {
                number++;
                if (number == 1 && row.size() > 0 && !row.get(0).isEmpty() && !isNumber(row.get(0))) {
                    rank = Math.max(0, column(row, List.of("globalrank", "rank")));
                    domain = Math.max(1, column(row, DOMAIN_COLUMNS));
                } else if (row.size() <= Math.max(rank, domain) || !isNumber(row.get(rank))) {
                    refuse("has no rank and domain");
                } else {
                    ranked(row.get(domain), Integer.parseInt(row.get(rank)));
                }
            }
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void ranked(String name, int rank) {
        String tenant = tenant(name);
        if (tenant != null && rank > 0) {
            put(new DomainHistory(tenant, HistoryKind.RANKING, source, null, rank, listed));
        } else if (rank == 0) {
            refuse("has rank 0");
        }
    }

    private void add(HistoryKind kind, String name, @Nullable Instant since) {
        if (since == null) {
            refuse("has no time");
            return;
        }
        String tenant = tenant(name);
        if (tenant != null) {
            put(new DomainHistory(tenant, kind, source, since, null, listed));
        }
    }

    private void put(DomainHistory entry) {
        String key = DomainHistoryTable.key(entry);
        DomainHistory known = entries.get(key);
        if (known == null && entries.size() >= MAX_ENTRIES) {
            refuse("is more than " + MAX_ENTRIES + " entries");
        } else if (known == null || isBefore(entry, known)) {
            entries.put(key, entry);
        }
    }

    private static boolean isBefore(DomainHistory entry, DomainHistory known) {
        return entry.getSince() == null || known.getSince() == null
                ? entry.getRank() != null && known.getRank() != null && entry.getRank() < known.getRank()
                : entry.getSince().isBefore(known.getSince());
    }

    private @Nullable String tenant(String given) {
        String text = given.strip();
        String name = UrlParser.canonicalHost(text.startsWith("*.") ? text.substring(2) : text);
        String tenant = name == null || name.indexOf('.') < 0 ? null : domains.tenantOf(name);
        if (tenant == null || !domains.hasPast(tenant)) {
            refuse("'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…")
                    + "' is no name that one tenant answers for");
            return null;
        }
        return tenant;
    }

    private void refuse(String reason) {
        sink.refuse(number, reason);
    }

    private static @Nullable Instant time(JsonNode object, String name, String other) {
        JsonNode value = object.hasNonNull(name) ? object.path(name) : object.path(other);
        return value.isNumber() ? Instant.ofEpochSecond(value.asLong()) : FeedTime.of(value.asString(""));
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
