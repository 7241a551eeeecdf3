import type { AnalyticalCopy } from '../analytics/copy/copy.ts'
import { inMemory } from '../analytics/copy/files.ts'
import type { Base } from '../ports/base.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { truthOf } from '../store/sqlite/truth/truth.ts'

/** Answers from a copy in this process's own memory: for tests and small scratch databases. */
export function scratchBase(db: BrandDatabase): Base {
  let copy: Promise<AnalyticalCopy> | null = null
  // Loaded when somebody asks: who never does needs no DuckDB.
  const made = () =>
    import('../analytics/copy/copy.ts').then(
      ({ AnalyticalCopy }) => new AnalyticalCopy({ truth: truthOf(db), file: inMemory }),
    )
  return {
    async ask(kind, asked, signal) {
      copy ??= made()
      return (await copy).ask(kind, asked, signal)
    },
  }
}
