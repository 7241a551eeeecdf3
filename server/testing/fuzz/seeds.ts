/**
 * Where the fuzz begins; each seed is a run of its own over a fresh brand. A seed that has found something stays:
 * 77, an audience that looks back 83,081 months was saved, refused, and in the way of every list.
 */
export const seeds: readonly number[] = [20260819, 7, 77, 19491001]

/** Requests of each run. */
export const requestsOfRun = 5000
