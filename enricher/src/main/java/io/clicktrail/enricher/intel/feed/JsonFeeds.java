package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.intel.feed.FeedEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Feeds in JSON, read one entry at a time. */
final class JsonFeeds {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1 << 20;
    private static final int ONLINE = 90;
    private static final int OFFLINE = 70;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .build())
            .build();

    private final FeedFormat feed;
    private final FeedEntrySink entries;
    private int number;

    private JsonFeeds(FeedFormat feed, FeedEntrySink entries) {
        this.feed = feed;
        this.entries = entries;
    }

    static void read(InputStream in, FeedFormat feed, FeedEntrySink entries) throws IOException, FeedException {
        var reader = new JsonFeeds(feed, entries);
        try (JsonParser json = MAPPER.createParser(in)) {
            reader.read(json);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new FeedException("line " + line + ": " + e.getOriginalMessage());
        }
        if (reader.number == 0) {
            throw new FeedException("no entries of " + feed + " in it");
        }
    }

    private void read(JsonParser json) {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.START_ARRAY && holdsEntries(json)) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    number++;
                    entry(json.readValueAsTree());
                }
            }
        }
    }

    private boolean holdsEntries(JsonParser json) {
        @Nullable String name = json.currentName();
        return switch (feed) {
            case STIX_BUNDLE -> "objects".equals(name);
            case MISP_EVENT -> "Attribute".equals(name);
            case URLHAUS_JSON -> name == null || name.equals("urls") || Character.isDigit(name.charAt(0));
            case URLHAUS_CSV, PHISHTANK_CSV, PLAIN -> false;
        };
    }

    private void entry(JsonNode entry) {
        switch (feed) {
            case STIX_BUNDLE -> stix(entry);
            case MISP_EVENT -> misp(entry);
            case URLHAUS_JSON -> urlhaus(entry);
            case URLHAUS_CSV, PHISHTANK_CSV, PLAIN -> {}
        }
    }

    private void urlhaus(JsonNode entry) {
        String url = entry.path("url").asString("");
        if (url.isEmpty()) {
            entries.refuse(number, "has no url");
            return;
        }
        String last = entry.path("last_online").asString("");
        String added = entry.path("dateadded").asString(entry.path("date_added").asString(""));
        entries.add(new FeedEntry(
                number,
                Kind.URL,
                url,
                entry.path("url_status").asString("").equals("online") ? ONLINE : OFFLINE,
                text(entry, "threat"),
                FeedTime.of(FeedTime.of(last) == null ? added : last),
                null,
                entry.has("urlhaus_link") ? text(entry, "urlhaus_link") : text(entry, "urlhaus_reference"),
                false));
    }

    /**
     * Source: https://www.misp-standard.org/rfc/misp-standard-core.html; only attributes that are meant for detection.
     */
    private void misp(JsonNode attribute) {
        if (!attribute.path("to_ids").asBoolean(false)) {
            return;
        }
        String type = attribute.path("type").asString("");
        String value = attribute.path("value").asString("");
        int bar = value.indexOf('|');
        switch (type) {
            case "url", "uri", "link" -> misp(attribute, Kind.URL, value);
            case "domain", "hostname" -> misp(attribute, Kind.NAME, value);
            case "ip-dst", "ip-src" -> misp(attribute, Kind.ADDRESS, value);
            case "sha256" -> misp(attribute, Kind.SHA256, value);
            case "filename|sha256" -> misp(attribute, Kind.SHA256, value.substring(bar + 1));
            case "ip-dst|port", "ip-src|port" ->
                misp(attribute, Kind.ADDRESS, bar < 0 ? value : value.substring(0, bar));
            case "hostname|port" -> misp(attribute, Kind.NAME, bar < 0 ? value : value.substring(0, bar));
            case "domain|ip" -> {
                misp(attribute, Kind.NAME, bar < 0 ? value : value.substring(0, bar));
                if (bar >= 0) {
                    misp(attribute, Kind.ADDRESS, value.substring(bar + 1));
                }
            }
            default -> entries.refuse(number, "attribute type " + type + " is not used");
        }
    }

    private void misp(JsonNode attribute, Kind kind, String value) {
        @Nullable Instant seen = FeedTime.of(text(attribute, "last_seen"));
        entries.add(new FeedEntry(
                number,
                kind,
                value,
                null,
                text(attribute, "comment"),
                seen == null ? FeedTime.of(text(attribute, "timestamp")) : seen,
                null,
                text(attribute, "uuid"),
                attribute.path("deleted").asBoolean(false)));
    }

    /**
     * Source: https://docs.oasis-open.org/cti/stix/v2.1/; indicators whose pattern is equality, or several joined by
     * OR.
     */
    private void stix(JsonNode object) {
        if (!object.path("type").asString("").equals("indicator")) {
            return;
        }
        if (!object.path("pattern_type").asString("stix").equals("stix")) {
            entries.refuse(number, "pattern type " + object.path("pattern_type").asString() + " is not read");
            return;
        }
        switch (StixPattern.read(object.path("pattern").asString(""))) {
            case StixPattern.Unread unread -> entries.refuse(number, unread.reason());
            case StixPattern.AnyOf anyOf -> {
                for (StixPattern.Value value : anyOf.values()) {
                    int given = object.path("confidence").asInt(0);
                    @Nullable Instant modified = FeedTime.of(text(object, "modified"));
                    entries.add(new FeedEntry(
                            number,
                            value.kind(),
                            value.text(),
                            given > 0 ? given : null,
                            object.has("name") ? text(object, "name") : text(object, "description"),
                            modified == null ? FeedTime.of(text(object, "valid_from")) : modified,
                            FeedTime.of(text(object, "valid_until")),
                            text(object, "id"),
                            object.path("revoked").asBoolean(false)));
                }
            }
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }
}
