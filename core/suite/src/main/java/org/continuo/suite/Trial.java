package org.continuo.suite;

/**
 * One point of a search, tried.
 *
 * @param number from 0, in the order of the search
 */
public record Trial(Row row, int number, Point point, ResolvedRun run) {}
