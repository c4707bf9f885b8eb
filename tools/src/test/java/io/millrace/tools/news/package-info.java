/**
 * Measures the news score on labelled headlines against VADER's word list, and runs headlines
 * through the whole chain. Nothing here ships.
 */
package io.millrace.tools.news;
