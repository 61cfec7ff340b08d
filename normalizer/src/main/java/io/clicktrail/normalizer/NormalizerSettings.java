package io.clicktrail.normalizer;

import io.clicktrail.normalizer.parse.Formats;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the normalizer may read, and how.
 *
 * @param zone the time zone of device clocks that write none
 * @param zones the same for single topics, by the topic's name; in a file its name is put in brackets, {@code
 *     zones.[clicktrail.raw.logs]}
 * @param columns the columns of rows that come without the header of their log, by topic, as the header writes them:
 *     {@code #path conn #fields ts uid ..} of Zeek, {@code #Fields: date time c-ip ..} of Blue Coat
 * @param mappings files that describe an operator's own formats, read at the start of the service
 * @param maxValue the largest raw record that is read, 1 kB to 256 MB; a larger one is rejected unread
 * @param maxRejected the most bytes of a rejected record that are handed on, 1 kB to 1 GB; a larger one is cut, and a
 *     header says so. The rejected topic and {@code clicktrail.streams.max-record} must take it and 1 MB of headers
 * @param maxDepth the deepest JSON or XML nesting that is read, 8 to 512
 * @param maxField the longest text a field keeps, 256 to 1,048,576 UTF-16 units; a longer one is cut and the event
 *     tagged
 * @param maxDocuments the most documents in one raw record, 1 to 1,000,000
 */
@ConfigurationProperties(prefix = "clicktrail.normalizer", ignoreUnknownFields = false)
public record NormalizerSettings(
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue Map<String, ZoneId> zones,
        @DefaultValue Map<String, String> columns,
        @DefaultValue List<Path> mappings,
        @DefaultValue("1MB") DataSize maxValue,
        @DefaultValue("15MB") DataSize maxRejected,
        @DefaultValue("64") int maxDepth,
        @DefaultValue("32767") int maxField,
        @DefaultValue("10000") int maxDocuments) {

    public NormalizerSettings {
        zones = Map.copyOf(zones);
        columns = Map.copyOf(columns);
        mappings = List.copyOf(mappings);
        require(maxValue.toBytes(), 1 << 10, 256 << 20, "max-value", "1KB to 256MB");
        require(maxRejected.toBytes(), 1 << 10, 1 << 30, "max-rejected", "1KB to 1GB");
        require(maxDepth, 8, 512, "max-depth", "8 to 512");
        require(maxField, 256, 1 << 20, "max-field", "256 to 1048576");
        require(maxDocuments, 1, 1_000_000, "max-documents", "1 to 1000000");
    }

    /** The bounds that hold for each record. */
    InputLimits limits() {
        return new InputLimits(
                (int) maxValue.toBytes(),
                maxDepth,
                maxField,
                InputLimits.DEFAULT.listValues(),
                maxDocuments,
                InputLimits.DEFAULT.faults(),
                InputLimits.DEFAULT.envelopes());
    }

    /** The time zones of device clocks that write none, by topic. */
    TopicZones clocks() {
        return new TopicZones(zone, zones);
    }

    /**
     * The columns of rows that come without their header.
     *
     * @throws IllegalArgumentException where one is no header
     */
    TopicColumns rows() {
        if (columns.isEmpty()) {
            return TopicColumns.NONE;
        }
        Formats formats = Formats.of(limits());
        columns.forEach((topic, header) -> {
            if (formats.header(header) == null) {
                throw new IllegalArgumentException("clicktrail.normalizer.columns.[" + topic + "] is '" + header
                        + "' but must be '#path LOG #fields ..' or '#Fields: ..'");
            }
        });
        return new TopicColumns(null, columns);
    }

    private static void require(long value, long least, long most, String key, String rule) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "clicktrail.normalizer." + key + " is '" + value + "' but must be " + rule);
        }
    }
}
