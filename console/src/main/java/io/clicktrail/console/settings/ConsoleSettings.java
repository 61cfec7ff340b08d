package io.clicktrail.console.settings;

import io.clicktrail.streams.settings.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console.
 *
 * @param maxCases most cases in the queue, 100 to 1,000,000; beyond, closed ones leave first, then the oldest
 * @param rolesClaim claim of the sign-in that lists a person's roles
 * @param readRole role that may look
 * @param actRole role that may look and act
 * @param localUser actor of what is done without sign-in
 * @param replayed whether the cases are of replayed logs: then feedback has the time of its case on the topic, so that
 *     it does not move the time of the logs
 * @param behindAfter age of an unread record from which a service counts as behind, from 1 s
 * @param silentAfter age of the last event from which a sensor counts as silent
 */
@ConfigurationProperties(prefix = "clicktrail.console", ignoreUnknownFields = false)
public record ConsoleSettings(
        @DefaultValue("100000") int maxCases,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("clicktrail-read") String readRole,
        @DefaultValue("clicktrail-act") String actRole,
        @DefaultValue("local") String localUser,
        @DefaultValue("false") boolean replayed,
        @DefaultValue("10s") Duration behindAfter,
        @DefaultValue("24h") Duration silentAfter) {

    public ConsoleSettings {
        Setting.require(
                maxCases >= 100 && maxCases <= 1_000_000, "clicktrail.console.max-cases", maxCases, "100 to 1000000");
        Setting.require(!rolesClaim.isBlank(), "clicktrail.console.roles-claim", rolesClaim, "the name of a claim");
        Setting.require(!readRole.isBlank(), "clicktrail.console.read-role", readRole, "the name of a role");
        Setting.require(!actRole.isBlank(), "clicktrail.console.act-role", actRole, "the name of a role");
        Setting.require(!localUser.isBlank(), "clicktrail.console.local-user", localUser, "a name");
        Setting.require(
                behindAfter.toSeconds() >= 1, "clicktrail.console.behind-after", behindAfter, "1 second or more");
        Setting.require(
                silentAfter.isPositive(), "clicktrail.console.silent-after", silentAfter, "a positive length of time");
    }
}
