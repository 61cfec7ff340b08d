package io.clicktrail.normalizer;

import io.clicktrail.normalizer.bluecoat.BlueCoatElff;
import io.clicktrail.normalizer.bluecoat.BlueCoatPairs;
import io.clicktrail.normalizer.cef.DeviceEvents;
import io.clicktrail.normalizer.checkpoint.CheckPointPairs;
import io.clicktrail.normalizer.cisco.CiscoFirewall;
import io.clicktrail.normalizer.dhcp.DhcpServer;
import io.clicktrail.normalizer.dns.BindQueries;
import io.clicktrail.normalizer.dns.UnboundQueries;
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
import io.clicktrail.normalizer.fortinet.FortiGate;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.netskope.NetskopeJson;
import io.clicktrail.normalizer.normalized.EcsJson;
import io.clicktrail.normalizer.normalized.OcsfJson;
import io.clicktrail.normalizer.paloalto.PanOsCsv;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.skyhigh.SkyhighPairs;
import io.clicktrail.normalizer.squid.SquidCommon;
import io.clicktrail.normalizer.squid.SquidNative;
import io.clicktrail.normalizer.suricata.SuricataEve;
import io.clicktrail.normalizer.umbrella.UmbrellaCsv;
import io.clicktrail.normalizer.umbrella.UmbrellaJson;
import io.clicktrail.normalizer.windows.EventXml;
import io.clicktrail.normalizer.windows.EvtxDumpJson;
import io.clicktrail.normalizer.windows.WinlogbeatJson;
import io.clicktrail.normalizer.zeek.ZeekJson;
import io.clicktrail.normalizer.zeek.ZeekLogs;
import io.clicktrail.normalizer.zeek.ZeekTsv;
import io.clicktrail.normalizer.zscaler.ZscalerJson;
import io.clicktrail.normalizer.zscaler.ZscalerNss;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every format and envelope, in the order in which their signatures are tried; the first that fits has the record. A JSON document
 * that is itself of a known format is read as it is, also where it would pass for an envelope.
 *
 * @param paths what they want out of JSON
 */
record Formats(JsonPaths paths, List<JsonFormat> json, List<JsonEnvelope> envelopes, List<TextFormat> text) {

    static Formats of(Limits limits) {
        JsonPaths paths = new JsonPaths();
        return new Formats(
                paths,
                List.of(
                        new HeartbeatJson(paths),
                        new EvtxDumpJson(paths),
                        new WinlogbeatJson(paths),
                        new ZeekJson(paths),
                        new SuricataEve(paths),
                        new ZscalerJson(paths),
                        new UmbrellaJson(paths),
                        new NetskopeJson(paths),
                        new OcsfJson(paths),
                        new EcsJson(paths)),
                List.of(
                        new BeatsEnvelope(paths),
                        new SplunkEnvelope(paths),
                        new RecordsEnvelope(paths),
                        new KafkaConnectEnvelope(paths),
                        new CloudWatchEnvelope(paths),
                        new NamedStreamEnvelope(paths, ZeekLogs.names())),
                Stream.concat(
                                Stream.of(
                                        new EventXml(limits),
                                        new ZeekTsv(),
                                        new SquidNative(),
                                        new PanOsCsv(),
                                        new FortiGate(),
                                        new CiscoFirewall(),
                                        new CheckPointPairs(),
                                        new ZscalerNss(),
                                        new BlueCoatPairs(),
                                        new SkyhighPairs(),
                                        new UmbrellaCsv(),
                                        new BindQueries(),
                                        new UnboundQueries(),
                                        new DhcpServer(),
                                        new BlueCoatElff(),
                                        new SquidCommon()),
                                DeviceEvents.formats().stream())
                        .toList());
    }

    Stream<Format> all() {
        return Stream.concat(json.stream(), text.stream());
    }
}
