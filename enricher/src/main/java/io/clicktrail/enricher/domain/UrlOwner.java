package io.clicktrail.enricher.domain;

/**
 * Where a URL leads and who answers for it.
 *
 * @param url in canonical form, out of its wrappers
 * @param tenantKey who answers for it
 * @param address true where the host is an address
 * @param partial true where the tenant is in a part of the URL that this one does not have
 * @param internal true where it leads into the organisation
 */
public record UrlOwner(String url, String tenantKey, boolean address, boolean partial, boolean internal) {}
