package io.clicktrail.standalone.assets;

import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of hosts, people, exercises or playbooks: CSV with a header line, parted by commas or semicolons; a JSON
 * array, alone or under {@code records}, {@code result} or {@code value}; or one JSON object a line. Its columns are
 * those of {@code asset-columns-….csv}; what they do not name is ignored.
 *
 * @param kind what its rows are about; null to infer it from its columns
 * @param source who says so; null to infer it from its columns
 */
public record AssetFile(
        Path path, @Nullable EntryKind kind, @Nullable String source) {

    private static final int MAX_BYTES = 256 << 20;
    private static final List<String> LISTS = List.of("records", "result", "value");

    /** Takes what a file holds. */
    public interface Sink {

        void take(OrganisationEntry entry);

        /** An entry that is no longer. */
        void withdraw(OrganisationEntry entry);

        /** @param row number of the row, from 1 */
        void refuse(int row, String reason);
    }

    /** @throws UnreadableLogException if the file can't be read or is neither CSV nor JSON */
    public void read(Sink sink) throws UnreadableLogException {
        int number = 0;
        for (Map<String, String> row : rows()) {
            number++;
            EntryKind about = kind == null ? AssetColumns.kindOf(row.keySet()) : kind;
            try {
                AssetRow.Read read = AssetRow.read(about, row, source == null ? sourceOf(row) : source);
                if (read.isGone()) {
                    sink.withdraw(read.entry());
                } else {
                    sink.take(read.entry());
                }
            } catch (IllegalArgumentException wrong) {
                sink.refuse(number, String.valueOf(wrong.getMessage()));
            }
        }
    }

    private String sourceOf(Map<String, String> row) {
        String given = row.get("source");
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        if (row.containsKey("sysid") || row.containsKey("sysclassname")) {
            return "servicenow";
        }
        if (row.containsKey("samaccountname") || row.containsKey("dnshostname")) {
            return "ad";
        }
        String name = path.getFileName().toString();
        int dot = name.indexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    private List<Map<String, String>> rows() throws UnreadableLogException {
        String text;
        try (InputStream in = new LogFile(path, 0).openText()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnreadableLogException(path + " is larger than " + MAX_BYTES + " bytes; split it");
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw UnreadableLogException.in(path, e);
        }
        String start = text.stripLeading();
        try {
            return start.startsWith("[") || start.startsWith("{") ? json(text) : csv(text);
        } catch (JacksonException | IOException | UncheckedIOException | IllegalArgumentException broken) {
            throw new UnreadableLogException(path + " is neither CSV nor JSON: " + broken.getMessage());
        }
    }

    private static List<Map<String, String>> csv(String text) throws IOException {
        String head = text.substring(0, text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n'));
        char separator = head.chars().filter(each -> each == ';').count()
                        > head.chars().filter(each -> each == ',').count()
                ? ';'
                : ',';
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .setLenientEof(true)
                .get();
        var rows = new ArrayList<Map<String, String>>();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            for (var record : parser) {
                var row = new HashMap<String, String>();
                record.toMap().forEach((column, value) -> row.putIfAbsent(AssetColumns.plain(column), value));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Map<String, String>> json(String text) {
        var rows = new ArrayList<Map<String, String>>();
        String start = text.strip();
        boolean isLines = start.startsWith("{") && start.contains("}\n");
        if (isLines) {
            try {
                for (String line : start.lines().filter(each -> !each.isBlank()).toList()) {
                    rows.add(row(JsonMapper.shared().readTree(line)));
                }
                return rows;
            } catch (JacksonException notLines) {
                rows.clear();
            }
        }
        JsonNode root = JsonMapper.shared().readTree(start);
        for (String list : LISTS) {
            root = root.path(list).isArray() ? root.path(list) : root;
        }
        if (root.isArray()) {
            root.forEach(each -> rows.add(row(each)));
        } else {
            rows.add(row(root));
        }
        return rows;
    }

    private static Map<String, String> row(JsonNode object) {
        var row = new HashMap<String, String>();
        object.properties().forEach(field -> {
            String value = text(field.getValue());
            if (value != null) {
                row.putIfAbsent(AssetColumns.plain(field.getKey()), value);
            }
        });
        return row;
    }

    /** ServiceNow gives a value and how it is shown; lists become one text. */
    private static @Nullable String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isObject()) {
            JsonNode shown = value.path("display_value");
            return shown.isValueNode() && !shown.isNull() ? shown.asString() : null;
        }
        if (value.isArray()) {
            var items = new ArrayList<String>();
            value.forEach(item -> items.add(item.asString()));
            return String.join(";", items);
        }
        return value.asString();
    }
}
