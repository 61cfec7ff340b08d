package io.clicktrail.normalizer.dhcp;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages of ISC dhcpd, Infoblox's (which adds the lease's length) and dnsmasq's. Only {@code DHCPACK on IP to MAC
 * (HOST) via …} and dnsmasq's {@code DHCPACK(eth0) IP MAC HOST} give an address; the time is the envelope's.
 */
public final class DhcpServer implements TextFormat {

    private static final String DATASET = "dhcpd.lease";
    private static final int MAX_DIGITS = 10;

    @Override
    public String name() {
        return "dhcpd.lease";
    }

    @Override
    public String firstBytes() {
        return "Dd0123456789";
    }

    /** {@code DHCP}, capitals, and a blank or a bracket, or anything after the tag of the server. */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int begin = afterTransaction(bytes, text.from(), text.to());
        if (!Lines.startsWith(bytes, begin, text.to(), "DHCP")) {
            return Lines.startsWith(bytes, text.from(), text.to(), "dhcpd[")
                    || Lines.startsWith(bytes, text.from(), text.to(), "dhcpd:");
        }
        int at = begin + 4;
        while (at < text.to() && bytes[at] >= 'A' && bytes[at] <= 'Z') {
            at++;
        }
        return at > begin + 6 && at < text.to() && (bytes[at] == ' ' || bytes[at] == '(');
    }

    /** The place after the number of a transaction that dnsmasq writes with log-dhcp, or the same place. */
    private static int afterTransaction(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && at - from < MAX_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > from && at < to && bytes[at] == ' ' ? at + 1 : from;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        int begin = afterTransaction(record.bytes(), record.from(), record.to());
        String line = new String(record.bytes(), begin, record.to() - begin, StandardCharsets.UTF_8).strip();
        if (line.startsWith("DHCPACK on ")) {
            return acknowledged(line, context);
        }
        if (line.startsWith("DHCPACK(")) {
            String[] words = line.split(" ", 5);
            return words.length < 3
                    ? new Outcome.Ignored(DATASET, "no address given")
                    : lease(words[1], words[2], words.length > 3 ? words[3] : null, null, context);
        }
        return new Outcome.Ignored(DATASET, "no address given");
    }

    private Outcome acknowledged(String line, RecordContext context) {
        String[] words = line.split(" ", 7);
        boolean isLease = words.length >= 5 && words[3].equals("to");
        String host = isLease && words.length > 5 && words[5].startsWith("(") && words[5].endsWith(")")
                ? words[5].substring(1, words[5].length() - 1)
                : null;
        int duration = line.indexOf(" lease-duration ");
        String seconds = null;
        if (duration >= 0) {
            int from = duration + " lease-duration ".length();
            int end = line.indexOf(' ', from);
            seconds = line.substring(from, end < 0 ? line.length() : end);
        }
        return isLease
                ? lease(words[2], words[4], host, seconds, context)
                : new Outcome.Ignored(DATASET, "no address given");
    }

    private Outcome lease(
            String ip, String mac, @Nullable String host, @Nullable String seconds, RecordContext context) {
        String address = IpAddresses.canonical(ip);
        if (address == null) {
            return new Outcome.Ignored(DATASET, "no address given");
        }
        return context.event(
                new EventDraft(DATASET, EventKind.ADDRESS_LEASE)
                        .lease(new AddressLease(
                                address, mac.toLowerCase(Locale.ROOT), Hosts.key(host), Numbers.whole(seconds))),
                this);
    }
}
