package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.SuffixKind;

/**
 * Who answers for a host or URL.
 *
 * @param key tenant key
 * @param label the label or path that the tenant chose, the part that can imitate somebody
 * @param suffix what is behind the label
 * @param shared true where other customers use the same parent, so that it must never be blocked or allowed as a whole
 * @param partial true where the tenant is in a part of the URL that was not seen
 */
record Tenant(String key, String label, String suffix, SuffixKind kind, boolean shared, boolean partial) {}
