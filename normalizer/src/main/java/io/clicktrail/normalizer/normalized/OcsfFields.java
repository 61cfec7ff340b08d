package io.clicktrail.normalizer.normalized;

import io.clicktrail.normalizer.json.JsonPaths;

/** Where OCSF keeps what the mapping reads. */
final class OcsfFields {

    final NormalizedHost device;
    final NormalizedUser user;
    final NormalizedProcess process;
    final NormalizedProcess actor;
    final NormalizedFacts facts;
    final int classUid;
    final int categoryUid;
    final int activityId;
    final int time;
    final int timeText;
    final int uid;
    final int product;
    final int statusId;
    final int actionId;
    final int dispositionId;
    final int filePath;
    final int fileName;
    final int fileSize;
    final int fileMime;
    final int fileHashes;
    final int fileResultPath;
    final int downloadUrl;
    final int downloadReferrer;
    final int downloadType;
    final int url;
    final int urlScheme;
    final int urlHost;
    final int urlPort;
    final int urlPath;
    final int urlQuery;
    final NormalizedUser[] actorUsers;
    final NormalizedUser[] processUsers;
    final int mailUrls;
    final int logonType;
    final int session;
    final int findingTitle;

    OcsfFields(JsonPaths paths) {
        facts = NormalizedFacts.ocsf(paths);
        device = new NormalizedHost(
                paths,
                "device.hostname",
                "device.name",
                "device.domain",
                "device.uid",
                "device.ip",
                "device.mac",
                "device.os.type",
                "device.os.version");
        user = NormalizedUser.ocsf(paths, "user");
        process = NormalizedProcess.ocsf(paths, "process", "actor.user");
        actor = NormalizedProcess.ocsf(paths, "actor.process", "actor.user");
        classUid = paths.field("class_uid");
        categoryUid = paths.field("category_uid");
        activityId = paths.field("activity_id");
        time = paths.field("time");
        timeText = paths.field("time_dt");
        uid = paths.field("metadata.uid");
        product = paths.field("metadata.product.name");
        statusId = paths.field("status_id");
        actionId = paths.field("action_id");
        dispositionId = paths.field("disposition_id");
        filePath = paths.field("file.path");
        fileName = paths.field("file.name");
        fileSize = paths.field("file.size");
        fileMime = paths.field("file.mime_type");
        fileHashes = paths.field("file.hashes.value");
        fileResultPath = paths.field("file_result.path");
        downloadUrl = paths.field("file.download_info.src_url");
        downloadReferrer = paths.field("file.download_info.referrer");
        downloadType = paths.field("file.download_info.type_id");
        url = paths.field("http_request.url.url_string");
        urlScheme = paths.field("http_request.url.scheme");
        urlHost = paths.field("http_request.url.hostname");
        urlPort = paths.field("http_request.url.port");
        urlPath = paths.field("http_request.url.path");
        urlQuery = paths.field("http_request.url.query_string");
        NormalizedUser ofActor = NormalizedUser.ocsf(paths, "actor.process.user");
        actorUsers = new NormalizedUser[] {actor.user, ofActor};
        processUsers = new NormalizedUser[] {process.user, NormalizedUser.ocsf(paths, "process.user"), ofActor};
        mailUrls = paths.field("email.urls.url_string");
        logonType = paths.field("logon_type_id");
        session = paths.field("session.uid");
        findingTitle = paths.field("finding_info.title");
    }
}
