package io.clicktrail.console.web;

import io.clicktrail.console.kafka.PipelineWatch;
import io.clicktrail.console.pipeline.JudgedWith;
import io.clicktrail.console.pipeline.PipelineState;
import io.clicktrail.console.pipeline.PipelineState.ServiceLag;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.console.settings.ConsoleSettings;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the pipeline keeps up, what it could not read, which sensors are silent, and what judges. */
@RestController
public final class PipelinePages {

    private static final int MAX_SILENT = 200;
    private static final int MAX_LIST_DAYS = 90;
    private static final List<Platform> PLATFORMS = List.of(Platform.WINDOWS, Platform.LINUX, Platform.MACOS);

    private final PipelineWatch watch;
    private final HostSensors sensors;
    private final ConsoleSettings settings;
    private final JudgedWith judgedWith;
    private final Pages pages;

    PipelinePages(
            PipelineWatch watch, HostSensors sensors, JudgedWith judgedWith, ConsoleSettings settings, Pages pages) {
        this.watch = watch;
        this.sensors = sensors;
        this.judgedWith = judgedWith;
        this.settings = settings;
        this.pages = pages;
    }

    /** A silent sensor. */
    public record Silent(String host, String dataset, String kind, String since) {}

    /** A service. @param gap whether the unread records are a fault */
    public record Lag(String service, String unread, boolean gap, String oldest) {}

    /** A host and the stages that it can't show. */
    public record Blind(String host, String stages, String last) {}

    /** The tuning of a platform. */
    public record TuningRow(
            String platform,
            String version,
            boolean forced,
            String windows,
            String scores,
            String allowed,
            String used) {}

    /** A list that cases are judged with. @param old whether it is older than a list should be */
    public record ListRow(String name, String version, String age, boolean old) {}

    /** A topic. */
    public record Rate(String topic, String records, String perSecond) {}

    /** A reason for which records were rejected. */
    public record Rejected(String reason, int count, String example) {}

    @GetMapping("/pipeline")
    ResponseEntity<String> pipeline(HttpServletRequest request) {
        PipelineState state = watch.look();
        Instant now = Instant.now();
        List<Silent> silent = sensors.silentSince(now.minus(settings.silentAfter()), MAX_SILENT).stream()
                .map(sensor -> new Silent(
                        Words.text(sensor.host()),
                        Words.text(sensor.dataset()),
                        sensor.shows(),
                        Words.length(Duration.between(sensor.lastSeen(), now))))
                .toList();
        var model = new HashMap<String, Object>();
        model.put("state", state);
        model.put("health", state.health().name().toLowerCase(Locale.ROOT));
        model.put("at", Words.second(state.at()));
        model.put(
                "rates",
                state.rates().stream()
                        .map(rate -> new Rate(
                                rate.topic(),
                                String.format(Locale.ROOT, "%,d", rate.records()),
                                rate.perSecond() < 0
                                        ? "not measured yet"
                                        : String.format(Locale.ROOT, "%,.1f per second", rate.perSecond())))
                        .toList());
        model.put(
                "rejected",
                state.rejected().stream()
                        .map(each -> new Rejected(Words.text(each.reason()), each.count(), Words.text(each.example())))
                        .toList());
        model.put("silent", silent);
        model.put("hosts", sensors.hosts());
        model.put("silentAfter", Words.length(settings.silentAfter()));
        model.put("lags", state.lags().stream().map(lag -> lag(lag, state.at())).toList());
        model.put(
                "blind",
                sensors.blindSpots(MAX_SILENT).stream()
                        .map(spot -> new Blind(
                                Words.text(spot.host()),
                                spot.stages().stream()
                                        .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")),
                                Words.length(Duration.between(spot.lastSeen(), now)) + " ago"))
                        .toList());
        model.put(
                "tuning",
                PLATFORMS.stream().map(platform -> tuning(platform, now)).toList());
        model.put(
                "lists",
                judgedWith.lists().stream()
                        .map(list -> new ListRow(
                                Words.text(list.name()),
                                Words.text(list.version()),
                                list.days(now).isPresent() ? list.days(now).getAsLong() + " d" : "not dated",
                                list.days(now).orElse(0) > MAX_LIST_DAYS))
                        .toList());
        return pages.page(request, "pipeline.jte", model);
    }

    private static Lag lag(ServiceLag lag, Instant at) {
        if (!lag.isKnown()) {
            return new Lag(lag.service(), "has never read", true, "");
        }
        String unread = lag.hasUnread()
                ? String.format(Locale.ROOT, lag.records() ? "%,d records" : "%,d records or markers", lag.offsets())
                : "nothing";
        Instant oldest = lag.oldest();
        return new Lag(
                lag.service(),
                lag.running() ? unread : "does not run, " + unread,
                lag.hasUnread() || !lag.running(),
                oldest == null
                        ? lag.hasUnread() ? "not known" : "none"
                        : Words.time(oldest) + ", " + Words.length(Duration.between(oldest, at)) + " ago");
    }

    private TuningRow tuning(Platform platform, Instant now) {
        String name = platform.name().toLowerCase(Locale.ROOT);
        var used = judgedWith.used(platform.name());
        String latest = used == null ? "no case yet" : Words.text(used.version()) + ", " + Words.time(used.at());
        Tuning tuning = judgedWith.tuning(platform.name());
        if (tuning == null) {
            return new TuningRow(name, "nothing: built-in values", false, "", "", "", latest);
        }
        long expired = tuning.getAllowedCdns().stream()
                .filter(entry -> entry.getExpires().isBefore(now))
                .count();
        return new TuningRow(
                name,
                Words.text(tuning.getVersion()),
                tuning.getForced(),
                "click to write " + Words.length(Duration.ofMillis(tuning.getTimeWindowMs())) + ", write to execution "
                        + Words.length(Duration.ofMillis(tuning.getFollowOnMs())),
                "place " + tuning.getDomainRiskScore() + ", chain " + tuning.getChainScore(),
                tuning.getAllowedCdns().size() + (expired == 0 ? "" : ", " + expired + " of them expired"),
                latest);
    }
}
