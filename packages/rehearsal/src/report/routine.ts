import type { TimelineEvent } from "./run-record.ts";

/** Looks of pairctl that found nothing new, and questions of the timer's, would hide the rest. */
const ROUTINE = /^pairctl \(timer\): (idle|holds) |^Describe/;

/** Whether an event is left out where events are listed for people. */
export const isRoutine = ({ what }: TimelineEvent): boolean => ROUTINE.test(what);
