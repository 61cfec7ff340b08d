/** The services and the console as processes of their own, on a secured broker and through restarts. */
@NullMarked
package io.clicktrail.deploy.service;

import org.jspecify.annotations.NullMarked;
