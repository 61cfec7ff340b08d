package io.clicktrail.normalizer.normalized;

import io.clicktrail.normalizer.json.HashFields;
import io.clicktrail.normalizer.json.JsonPaths;

/** Where ECS keeps what the mapping reads. */
final class EcsFields {

    final NormalizedHost host;
    final NormalizedProcess process;
    final NormalizedFacts facts;
    final int timestamp;
    final int kind;
    final int category;
    final int type;
    final int id;
    final int code;
    final int dataset;
    final int outcome;
    final int action;
    final HashFields fileHash;
    final int filePath;
    final int fileSize;
    final int fileMime;
    final int zone;
    final int originUrl;
    final int originReferrer;
    final int url;
    final int urlFull;
    final int rule;

    EcsFields(JsonPaths paths) {
        facts = NormalizedFacts.ecs(paths);
        host = new NormalizedHost(
                paths,
                "host.name",
                "host.hostname",
                "host.domain",
                "host.id",
                "host.ip",
                "host.mac",
                "host.os.type",
                "host.os.version");
        process = NormalizedProcess.ecs(paths);
        timestamp = paths.field("@timestamp");
        kind = paths.field("event.kind");
        category = paths.field("event.category");
        type = paths.field("event.type");
        id = paths.field("event.id");
        code = paths.field("event.code");
        dataset = paths.field("event.dataset");
        outcome = paths.field("event.outcome");
        action = paths.field("event.action");
        fileHash = HashFields.of(paths, "file.hash");
        filePath = paths.field("file.path");
        fileSize = paths.field("file.size");
        fileMime = paths.field("file.mime_type");
        zone = paths.field("file.Ext.windows.zone_identifier");
        originUrl = paths.field("file.origin_url");
        originReferrer = paths.field("file.origin_referrer_url");
        url = paths.field("url.original");
        urlFull = paths.field("url.full");
        rule = paths.field("rule.name");
    }
}
