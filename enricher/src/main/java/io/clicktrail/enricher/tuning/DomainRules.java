package io.clicktrail.enricher.tuning;

import io.clicktrail.enricher.domain.AllowList;
import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.UrlParser;
import io.clicktrail.schemas.tuning.TuningProblem;
import io.clicktrail.schemas.tuning.TuningRules;
import io.clicktrail.tuning.Tuning;
import java.util.ArrayList;
import java.util.List;

/** Rules for the names in a document: what strangers can publish below may not be allowed, own domains are domains. */
record DomainRules(DomainCatalogue domains) implements TuningRules {

    @Override
    public List<TuningProblem> problems(Tuning document) {
        List<TuningProblem> problems = new ArrayList<>();
        for (int i = 0; i < document.getAllowedCdns().size(); i++) {
            String pattern = document.getAllowedCdns().get(i).getPattern();
            String refusal = AllowList.refusal(pattern, domains);
            if (refusal != null) {
                problems.add(TuningProblem.ofEntry("AllowedCDNs", i, pattern + " " + refusal));
            }
        }
        for (int i = 0; i < document.getOwnDomains().size(); i++) {
            String domain = document.getOwnDomains().get(i);
            if (UrlParser.canonicalHost(domain) == null || domain.indexOf('.') < 0) {
                problems.add(TuningProblem.ofEntry("OwnDomains", i, domain + " is no domain"));
            }
        }
        return problems;
    }
}
