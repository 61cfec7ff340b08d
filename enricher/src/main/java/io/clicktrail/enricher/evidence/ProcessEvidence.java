package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.process.ProcessAssessor;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The start of a process: part of the lineage, a click where it opens a link, an execution. */
final class ProcessEvidence {

    private ProcessEvidence() {}

    static @Nullable Evidence ofStart(EventContext context) {
        @Nullable Process process = context.event().getProcess();
        if (process == null) {
            return null;
        }
        CompiledTuning tuning = context.tuning();
        Platform platform = context.platform();
        ProcessRisk assessed = ProcessAssessor.assess(platform, process, tuning.processes(), tuning.userPaths());
        ProcessRisk risk = signed(assessed, tuning.publishers().of(platform, process, assessed));
        List<Role> roles = new ArrayList<>(3);
        if (ProcessRoles.isLineage(risk)) {
            roles.add(Role.LINEAGE);
        }
        boolean isSure = ProcessRoles.opensLink(risk);
        @Nullable DomainRisk handled = CommandPlaces.ofUriHandler(process, context);
        @Nullable
        DomainRisk domain =
                handled == null && (isSure || ProcessRoles.mayOpenLink(risk)) ? openedLink(process, context) : handled;
        if (domain != null && context.isSuspectClick(domain)) {
            roles.add(Role.CLICK);
            Evidence click = context.evidence(roles, context.withProgram(domain), null, risk);
            return isSure || handled != null ? click : EventContext.weak(click);
        }
        @Nullable DomainRisk named = CommandPlaces.untrusted(process, risk, context);
        @Nullable DomainRisk place = named == null ? CommandPlaces.ofOrigin(risk, context) : named;
        if (place != null
                || ProcessRoles.isExecution(risk, process, platform, tuning.userPaths(), tuning.extensions())) {
            roles.add(Role.EXECUTION);
            boolean isPasted = named != null && CommandPlaces.isPasted(process, risk, tuning.commands());
            return context.evidence(
                    roles,
                    place,
                    null,
                    isPasted ? RecordCopy.of(risk).set("pasted", true).build() : risk);
        }
        return roles.isEmpty() ? context.observation(domain) : context.evidence(roles, domain, null, risk);
    }

    private static ProcessRisk signed(ProcessRisk risk, @Nullable String publisher) {
        return publisher == null
                ? risk
                : RecordCopy.of(risk).set("publisher", publisher).build();
    }

    /** The risk of the first URL on the command line that leads to a host on the web. */
    private static @Nullable DomainRisk openedLink(Process process, EventContext context) {
        @Nullable String commandLine = process.getCommandLine();
        if (commandLine == null) {
            return null;
        }
        for (String url : CommandLine.urls(commandLine)) {
            @Nullable DomainRisk domain = context.risk(url);
            if (domain != null) {
                return domain;
            }
        }
        return null;
    }
}
