/** Requests for web pages, as proxies log them and as sensors see them on the wire. */
@NullMarked
package io.clicktrail.normalizer.web;

import org.jspecify.annotations.NullMarked;
