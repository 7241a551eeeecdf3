/** Told of a rehearsal how far it is: that itself, and the analytical copy where that is made first. */
export interface RehearsalHeard {
  readonly onProgress: (done: number, of: number) => void
  readonly onCopying: (rows: number, of: number) => void
}

/** Work that goes on by itself, at its turn. */
export interface RunningWork<Report> {
  /** Rejects with a Problem: its own, or that of having been cancelled. */
  readonly result: Promise<Report>
  /** How many have their turn before it; 0 when it runs. */
  before(): number
  /** Ends it; what was written stays. */
  cancel(): void
}
