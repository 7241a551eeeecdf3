import type { Elapsed, Mark } from '../ports/clock.ts'

export interface BrakeOptions {
  readonly elapsed: Elapsed
  /** Wrong passwords of one caller within the window; then it waits for the rest of it. */
  readonly most: number
  readonly windowMs: number
  /** Callers that are remembered at once; whoever failed longest ago is forgotten first. */
  readonly callers: number
}

interface Failures {
  readonly began: Mark
  count: number
}

/** Holds back who guesses. What is right costs nothing, however often. */
export interface Brake {
  /** Milliseconds until the caller may try again; 0: now. Whoever may, has begun, and that counts until it ends well. */
  begin(caller: string): number
  /** The try that was begun was right, or never came to be looked at. */
  takeBack(caller: string): void
}

export function createBrake({ elapsed, most, windowMs, callers }: BrakeOptions): Brake {
  const failures = new Map<string, Failures>()
  const standing = (caller: string): Failures | undefined => {
    const known = failures.get(caller)
    if (known !== undefined && elapsed.since(known.began) < windowMs) return known
    failures.delete(caller)
    return undefined
  }
  return {
    begin(caller) {
      const known = standing(caller)
      if (known !== undefined && known.count >= most) return windowMs - elapsed.since(known.began)
      if (known !== undefined) known.count += 1
      else {
        failures.set(caller, { began: elapsed.mark(), count: 1 })
        const [oldest] = failures.keys()
        if (failures.size > callers && oldest !== undefined) failures.delete(oldest)
      }
      return 0
    },
    takeBack(caller) {
      const known = standing(caller)
      if (known === undefined) return
      known.count -= 1
      if (known.count <= 0) failures.delete(caller)
    },
  }
}
