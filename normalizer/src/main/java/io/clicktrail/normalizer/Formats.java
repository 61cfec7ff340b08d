package io.clicktrail.normalizer;

import io.clicktrail.normalizer.cef.DeviceEvents;
import io.clicktrail.normalizer.envelope.BeatsEnvelope;
import io.clicktrail.normalizer.envelope.CloudWatchEnvelope;
import io.clicktrail.normalizer.envelope.JsonEnvelope;
import io.clicktrail.normalizer.envelope.KafkaConnectEnvelope;
import io.clicktrail.normalizer.envelope.NamedStreamEnvelope;
import io.clicktrail.normalizer.envelope.RecordsEnvelope;
import io.clicktrail.normalizer.envelope.SplunkEnvelope;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.HeartbeatJson;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.normalized.EcsJson;
import io.clicktrail.normalizer.normalized.OcsfJson;
import io.clicktrail.normalizer.own.Mapping;
import io.clicktrail.normalizer.own.OwnFormats;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.squid.SquidNative;
import io.clicktrail.normalizer.windows.EventXml;
import io.clicktrail.normalizer.windows.EvtxDumpJson;
import io.clicktrail.normalizer.windows.WinlogbeatJson;
import io.clicktrail.normalizer.zeek.ZeekJson;
import io.clicktrail.normalizer.zeek.ZeekLogs;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every format and envelope, in the order in which their signatures are tried; the first that fits has the record. A JSON document
 * that is itself of a known format is read as it is, also where it would pass for an envelope.
 *
 * @param paths what they want out of JSON
 */
record Formats(JsonPaths paths, List<JsonFormat> json, List<JsonEnvelope> envelopes, List<TextFormat> text) {

    /** The formats of the project alone. */
    static Formats of(Limits limits) {
        return of(limits, List.of());
    }

    /** All formats; an operator's own come first, for who describes a format means it. */
    static Formats of(Limits limits, List<Mapping> mappings) {
        JsonPaths paths = new JsonPaths();
        OwnFormats own = OwnFormats.of(mappings, paths);
        return new Formats(
                paths,
                join(
                        own.json(),
                        List.of(
                                new HeartbeatJson(paths),
                                new EvtxDumpJson(paths),
                                new WinlogbeatJson(paths),
                                new ZeekJson(paths),
                                new OcsfJson(paths),
                                new EcsJson(paths))),
                List.of(
                        new BeatsEnvelope(paths),
                        new SplunkEnvelope(paths),
                        new RecordsEnvelope(paths),
                        new KafkaConnectEnvelope(paths),
                        new CloudWatchEnvelope(paths),
                        new NamedStreamEnvelope(paths, ZeekLogs.names())),
                join(own.text(), List.of(new EventXml(limits), new SquidNative()), DeviceEvents.formats()));
    }

    Stream<Format> all() {
        return Stream.concat(json.stream(), text.stream());
    }

    @SafeVarargs
    private static <T> List<T> join(List<? extends T>... lists) {
        return Stream.of(lists).<T>flatMap(List::stream).toList();
    }
}
