package io.clicktrail.normalizer.zeek;

import java.util.LinkedHashMap;
import java.util.Map;

/** One record of each Zeek log that is read. */
public final class ZeekFixtures {

    public static final String CONN = """
                {"ts":1772445605.731204,"uid":"CwT4jd3a0xQk1","id.orig_h":"10.1.2.17","id.orig_p":50123,\
                "id.resp_h":"203.0.113.9","id.resp_p":443,\
                "proto":"tcp","service":"ssl","duration":5.7,"orig_bytes":1467,"resp_bytes":45269,"conn_state":"SF",\
                "local_orig":true,"local_resp":false,\
                "history":"ShADadFf","orig_pkts":11,"resp_pkts":8}""";

    public static final String DNS = """
                {"ts":1772445605.1,"uid":"CdnsA1","id.orig_h":"10.1.2.17","id.orig_p":53000,"id.resp_h":"10.1.0.2",\
                "id.resp_p":53,"proto":"udp",\
                "trans_id":62418,"query":"Files.Bad.example","qclass":1,"qtype":1,"qtype_name":"A","rcode":0,\
                "rcode_name":"NOERROR","AA":false,\
                "answers":["edge.bad.example","203.0.113.9","2001:db8::1"],"TTLs":[60.0,60.0,60.0],"rejected":false}""";

    public static final String HTTP = """
                {"ts":1772445606.5,"uid":"ChttpB2","id.orig_h":"10.1.2.17","id.orig_p":50124,\
                "id.resp_h":"203.0.113.9","id.resp_p":8080,"trans_depth":1,\
                "method":"GET","host":"files.bad.example","uri":"/a/Invoice.iso?id=1",\
                "referrer":"http://mail.example/","version":"1.1",\
                "user_agent":"Mozilla/5.0","request_body_len":0,"response_body_len":51200,"status_code":200,\
                "status_msg":"OK","tags":[],\
                "resp_fuids":["FEEsZS1w0Z0VJIb5x4"],"resp_mime_types":["application/x-iso9660-image"]}""";

    public static final String SSL = """
                {"ts":"2026-03-02T10:00:05.731204Z","uid":"CsslC3","id.orig_h":"10.1.2.17","id.orig_p":50125,\
                "id.resp_h":"203.0.113.9","id.resp_p":443,\
                "version":"TLSv13","cipher":"TLS_AES_128_GCM_SHA256","server_name":"Files.Bad.example",\
                "resumed":false,"established":true}""";

    public static final String FILES = """
                {"ts":1772445606.6,"fuid":"FEEsZS1w0Z0VJIb5x4","tx_hosts":["203.0.113.9"],"rx_hosts":["10.1.2.17"],\
                "conn_uids":["ChttpB2"],"source":"HTTP",\
                "depth":0,"analyzers":["SHA256"],"mime_type":"application/x-iso9660-image","filename":"Invoice.iso",\
                "is_orig":false,"seen_bytes":51200,\
                "total_bytes":51200,"sha256":"683574EBC203C630AF98256516D7CBC50E270E7C5A56E1D46CB9CA671B3D9F32"}""";

    public static final String DHCP = """
                {"ts":1772445000.25,"uids":["CdhcpD4"],"client_addr":"0.0.0.0","server_addr":"10.1.0.1",\
                "mac":"00:0B:DB:63:5B:D4","host_name":"WS-17",\
                "client_fqdn":"ws-17.corp.example","assigned_addr":"10.1.2.17","lease_time":3600.0,\
                "msg_types":["REQUEST","ACK"],"duration":0.1}""";

    /** The records by the name of their log. */
    public static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put("conn", CONN);
        ALL.put("dns", DNS);
        ALL.put("http", HTTP);
        ALL.put("ssl", SSL);
        ALL.put("files", FILES);
        ALL.put("dhcp", DHCP);
    }

    private ZeekFixtures() {}
}
