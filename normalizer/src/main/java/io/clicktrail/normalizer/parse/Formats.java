package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.cef.DeviceEvents;
import io.clicktrail.normalizer.endpoint.CrowdStrikeJson;
import io.clicktrail.normalizer.endpoint.DefenderJson;
import io.clicktrail.normalizer.endpoint.SentinelOneJson;
import io.clicktrail.normalizer.envelope.JsonEnvelopes;
import io.clicktrail.normalizer.fields.ColumnHeader;
import io.clicktrail.normalizer.firewall.CiscoFirewall;
import io.clicktrail.normalizer.firewall.FortiGate;
import io.clicktrail.normalizer.firewall.PanOsCsv;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.heartbeat.HeartbeatJson;
import io.clicktrail.normalizer.ignored.IgnoredJson;
import io.clicktrail.normalizer.ignored.IgnoredText;
import io.clicktrail.normalizer.ignored.OtherRecords;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.linux.AuditItemsJson;
import io.clicktrail.normalizer.linux.AuditdText;
import io.clicktrail.normalizer.linux.LaurelJson;
import io.clicktrail.normalizer.macos.EsloggerJson;
import io.clicktrail.normalizer.macos.JamfProtectJson;
import io.clicktrail.normalizer.mapping.BundledMappings;
import io.clicktrail.normalizer.mapping.MappedFormats;
import io.clicktrail.normalizer.mapping.Mapping;
import io.clicktrail.normalizer.mapping.PairLines;
import io.clicktrail.normalizer.normalized.EcsDocumentJson;
import io.clicktrail.normalizer.normalized.OcsfEventJson;
import io.clicktrail.normalizer.proxy.SquidNative;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.suricata.SuricataEve;
import io.clicktrail.normalizer.windows.EventText;
import io.clicktrail.normalizer.windows.EventXml;
import io.clicktrail.normalizer.windows.WindowsJson;
import io.clicktrail.normalizer.windows.WinlogbeatJson;
import io.clicktrail.normalizer.zeek.ZeekJson;
import io.clicktrail.normalizer.zeek.ZeekLogs;
import io.clicktrail.normalizer.zeek.ZeekTsv;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every format and envelope, in the order in which their signatures are tried; the first that fits has the record. A
 * JSON document that is itself of a known format is read as it is, also where it would pass for an envelope.
 *
 * @param paths what they want out of JSON
 * @param generic formats of JSON that are tried where no envelope fits either
 * @param last from which of the text formats on they are asked only where no other takes any part of the record
 * @param other what is left aside because nothing reads it and it holds nothing of use
 * @param assembled the format whose events are spread over several documents
 */
public record Formats(
        JsonPaths paths,
        List<JsonFormat> json,
        JsonEnvelopes envelopes,
        List<JsonFormat> generic,
        List<TextFormat> text,
        int last,
        OtherRecords other,
        AuditdText assembled) {

    /** The formats of the project alone. */
    public static Formats of(InputLimits limits) {
        return of(limits, List.of());
    }

    /** What a header says of rows that come without it; null where no format has such a header. */
    public @Nullable ColumnHeader header(String line) {
        for (TextFormat format : text) {
            ColumnHeader header = format.header(line);
            if (header != null) {
                return header;
            }
        }
        return null;
    }

    /** All formats; an operator's own come first, for who describes a format means it. */
    public static Formats of(InputLimits limits, List<Mapping> mappings) {
        JsonPaths paths = new JsonPaths();
        MappedFormats own = MappedFormats.of(mappings, paths);
        MappedFormats bundled = MappedFormats.of(BundledMappings.all(), paths);
        MappedFormats generic = MappedFormats.of(BundledMappings.generic(), paths);
        AuditdText auditd = new AuditdText();
        List<TextFormat> text = join(
                own.text(),
                List.of(
                        new EventXml(limits),
                        new EventText(),
                        auditd,
                        new ZeekTsv(),
                        new SquidNative(),
                        new PanOsCsv(),
                        new FortiGate(),
                        new CiscoFirewall()),
                DeviceEvents.formats(),
                bundled.text());
        List<JsonFormat> json = join(
                own.json(),
                List.of(
                        new HeartbeatJson(paths),
                        new WinlogbeatJson(paths),
                        new LaurelJson(paths),
                        new AuditItemsJson(paths),
                        new JamfProtectJson(paths),
                        new EsloggerJson(paths),
                        new ZeekJson(paths),
                        new SuricataEve(paths)),
                WindowsJson.formats(paths, limits),
                DefenderJson.formats(paths),
                List.of(new CrowdStrikeJson(paths), new SentinelOneJson(paths)),
                bundled.json(),
                List.of(new OcsfEventJson(paths), new EcsDocumentJson(paths), new IgnoredJson(paths)));
        JsonEnvelopes envelopes = JsonEnvelopes.load(paths, ZeekLogs.names());
        List<TextFormat> lastText = join(
                List.of(
                        new IgnoredText(),
                        new PairLines(BundledMappings.generic().getFirst(), paths, limits)),
                generic.text());
        return new Formats(
                paths, json, envelopes, generic.json(), join(text, lastText), text.size(), new OtherRecords(), auditd);
    }

    /** The formats of text, or the last of them, by the first byte of their records, in the order of trial. */
    TextFormat[][] textByFirstByte(boolean isLast) {
        List<TextFormat> formats = isLast ? text.subList(last, text.size()) : text.subList(0, last);
        return IntStream.range(0, 256)
                .mapToObj(first -> formats.stream()
                        .filter(each ->
                                each.firstBytes().isEmpty() || each.firstBytes().indexOf(first) >= 0)
                        .toArray(TextFormat[]::new))
                .toArray(TextFormat[][]::new);
    }

    Stream<Format> all() {
        return Stream.of(json, text, generic, List.of(other)).flatMap(List::stream);
    }

    @SafeVarargs
    private static <T> List<T> join(List<? extends T>... lists) {
        return Stream.of(lists).<T>flatMap(List::stream).toList();
    }
}
