package io.clicktrail.normalizer.firewall;

/**
 * The columns of PAN-OS logs in order, by the names of the vendor's custom log formats (docs.paloaltonetworks.com,
 * Syslog Field Descriptions, PAN-OS 9.1 to 11.1; later versions only append). A hyphen marks a column without use.
 */
final class PanOsColumns {

    /** A session at its start, end or refusal. */
    static final String[] TRAFFIC = """
            - receive_time serial type subtype - time_generated src dst natsrc natdst rule srcuser dstuser app \
            vsys from to inbound outbound logset - sessionid repeatcnt sport dport natsport natdport flags proto \
            action bytes bytes_sent bytes_received packets start elapsed category - seqno actionflags srcloc \
            dstloc - pkts_sent pkts_received session_end_reason dg1 dg2 dg3 dg4 vsys_name device_name \
            action_source src_uuid dst_uuid tunnelid monitortag parent_session parent_start tunnel assoc_id \
            chunks chunks_sent chunks_received rule_uuid http2 link_changes policy_id link_switches \
            sdwan_cluster sdwan_device_type sdwan_cluster_type sdwan_site dynusergroup xff_ip src_category \
            src_profile src_model src_vendor src_osfamily src_osversion src_host src_mac dst_category \
            dst_profile dst_model dst_vendor dst_osfamily dst_osversion dst_host dst_mac container_id \
            pod_namespace pod_name src_edl dst_edl hostid serialnumber src_dag dst_dag session_owner \
            high_res_timestamp""".split(" ");

    /** A URL, a file, or what a security profile found. */
    static final String[] THREAT = """
            - receive_time serial type subtype - time_generated src dst natsrc natdst rule srcuser dstuser app \
            vsys from to inbound outbound logset - sessionid repeatcnt sport dport natsport natdport flags proto \
            action misc threatid category severity direction seqno actionflags srcloc dstloc - contenttype \
            pcap_id filedigest cloud url_idx user_agent filetype xff referer sender subject recipient reportid \
            dg1 dg2 dg3 dg4 vsys_name device_name - src_uuid dst_uuid http_method tunnelid monitortag \
            parent_session parent_start tunnel thr_category contentver - assoc_id ppid http_headers \
            url_category_list rule_uuid http2 dynusergroup xff_ip src_category src_profile src_model src_vendor \
            src_osfamily src_osversion src_host src_mac dst_category dst_profile dst_model dst_vendor \
            dst_osfamily dst_osversion dst_host dst_mac container_id pod_namespace pod_name src_edl dst_edl \
            hostid serialnumber domain_edl src_dag dst_dag partial_hash high_res_timestamp""".split(" ");

    /** A step of a GlobalProtect client on its way to a tunnel. */
    static final String[] GLOBAL_PROTECT = """
            - receive_time serial type subtype - time_generated vsys eventid stage auth_method tunnel_type \
            srcuser srcregion machinename public_ip public_ipv6 private_ip private_ipv6 hostid serialnumber \
            client_ver client_os client_os_ver repeatcnt reason error opaque status location login_duration \
            connect_method error_code portal seqno actionflags high_res_timestamp""".split(" ");

    private PanOsColumns() {}
}
