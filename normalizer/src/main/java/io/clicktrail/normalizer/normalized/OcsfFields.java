package io.clicktrail.normalizer.normalized;

import io.clicktrail.normalizer.json.JsonPaths;

/** Where OCSF keeps what the mapping reads. */
final class OcsfFields {

    final NormalizedHost device;
    final NormalizedUser user;
    final NormalizedProcess process;
    final NormalizedProcess actor;
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
    final int severity;
    final int filePath;
    final int fileName;
    final int fileSize;
    final int fileMime;
    final int fileHashes;
    final int fileResultPath;
    final int downloadUrl;
    final int downloadReferrer;
    final int downloadType;
    final int clientIp;
    final int clientPort;
    final int clientName;
    final int destinationIp;
    final int destinationPort;
    final int destinationName;
    final int transport;
    final int applicationProtocol;
    final int direction;
    final int flow;
    final int bytes;
    final int url;
    final int method;
    final int referrer;
    final int userAgent;
    final int status;
    final int contentType;
    final int responseLength;
    final int queryName;
    final int queryType;
    final int responseCode;
    final int answers;
    final int mailFrom;
    final int mailTo;
    final int mailSubject;
    final int messageId;
    final int mailUid;
    final int mailUrls;
    final int logonType;
    final int session;
    final int findingTitle;
    final int findingUid;
    final int techniques;

    OcsfFields(JsonPaths paths) {
        device = new NormalizedHost(
                paths,
                "device.hostname",
                "device.name",
                "device.domain",
                "device.uid",
                "device.ip",
                "device.mac",
                "device.os.type");
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
        severity = paths.field("severity");
        filePath = paths.field("file.path");
        fileName = paths.field("file.name");
        fileSize = paths.field("file.size");
        fileMime = paths.field("file.mime_type");
        fileHashes = paths.field("file.hashes.value");
        fileResultPath = paths.field("file_result.path");
        downloadUrl = paths.field("file.download_info.src_url");
        downloadReferrer = paths.field("file.download_info.referrer");
        downloadType = paths.field("file.download_info.type_id");
        clientIp = paths.field("src_endpoint.ip");
        clientPort = paths.field("src_endpoint.port");
        clientName = paths.field("src_endpoint.hostname");
        destinationIp = paths.field("dst_endpoint.ip");
        destinationPort = paths.field("dst_endpoint.port");
        destinationName = paths.field("dst_endpoint.hostname");
        transport = paths.field("connection_info.protocol_name");
        applicationProtocol = paths.field("app_protocol_name");
        direction = paths.field("connection_info.direction");
        flow = paths.field("connection_info.uid");
        bytes = paths.field("traffic.bytes");
        url = paths.field("http_request.url.url_string");
        method = paths.field("http_request.http_method");
        referrer = paths.field("http_request.referrer");
        userAgent = paths.field("http_request.user_agent");
        status = paths.field("http_response.code");
        contentType = paths.field("http_response.content_type");
        responseLength = paths.field("http_response.body_length");
        queryName = paths.field("query.hostname");
        queryType = paths.field("query.type");
        responseCode = paths.field("rcode");
        answers = paths.field("answers.rdata");
        mailFrom = paths.field("email.from");
        mailTo = paths.field("email.to");
        mailSubject = paths.field("email.subject");
        messageId = paths.field("email.message_uid");
        mailUid = paths.field("email.uid");
        mailUrls = paths.field("email.urls.url_string");
        logonType = paths.field("logon_type_id");
        session = paths.field("session.uid");
        findingTitle = paths.field("finding_info.title");
        findingUid = paths.field("finding_info.uid");
        techniques = paths.field("finding_info.attacks.technique.uid");
    }
}
