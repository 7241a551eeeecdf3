import { Problem } from '../../shared/errors/index.ts'
import type { Base } from '../ports/base.ts'

/** Told how many of about how many rows are in a copy that is being made. */
export type CopyHeard = (rows: number, of: number) => void

/** How often whoever waits for a copy hears how far it is (ms). */
export const hearEveryMs = 1000

/** Asks for whoever waits as long as it takes, and tells how far a copy is that has to be made first. */
export function patientBase(base: Base, onCopying: CopyHeard): Base {
  return {
    async ask(kind, asked, signal) {
      for (;;) {
        try {
          return await base.ask(kind, asked, signal)
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== 'copy-building') throw error
          onCopying(Number(error.details.rows), Number(error.details.of))
        }
      }
    },
  }
}
