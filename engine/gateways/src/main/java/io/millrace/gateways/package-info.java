/**
 * The outside world: one folder per peer, all of one shape. A feed turns what a peer says into
 * encoded input messages; a venue takes encoded order requests.
 */
package io.millrace.gateways;
