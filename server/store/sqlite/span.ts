import type { BrandDatabase } from './database.ts'

/**
 * Work that is done whole or not at all: within the caller's transaction as a part of it, else in one of its own. A
 * savepoint within it would keep a copy of each page that it touches, which costs more than the rows; so whoever has
 * begun the transaction takes all of it back where this fails.
 */
export function wholly<Said extends readonly unknown[], Answer>(
  { sqlite }: Pick<BrandDatabase, 'sqlite'>,
  work: (...said: Said) => Answer,
): (...said: Said) => Answer {
  const alone = sqlite.transaction((said: Said) => work(...said)).immediate
  return (...said) => (sqlite.inTransaction ? work(...said) : alone(said))
}

/** So many batches at most of one commit: what a crash loses of them is read again, as the same file changes nothing twice. */
const batchesOfSpan = 1_000
/** Pages kept in memory meanwhile (KiB), as many as the indices of some millions of rows have. */
const cacheKib = 393_216

/** Batches of writes, each whole or not at all. */
export interface Batches {
  put(work: () => void): Promise<void>
  end(): Promise<void>
}

/** Each batch is a transaction, so that others come to write between two of them. */
export const oneByOne = ({ sqlite, steady }: BrandDatabase): Batches => ({
  put: (work) => steady.run(async () => sqlite.transaction(work).immediate()),
  end: async () => undefined,
})

/**
 * Many batches are one transaction, for a connection of whoever has the folder to himself: a row of a file falls
 * anywhere in the indices, and each commit writes every page that one of its rows has touched, so that a thousand rows
 * cost as much as a million. The one place where a transaction outlives an await: nobody else writes by this connection.
 * A batch that fails takes the whole of it back, as a crash does.
 */
export function spanning({ sqlite, steady }: BrandDatabase): Batches {
  let batches = 0
  sqlite.pragma(`cache_size = -${cacheKib}`)
  const commit = async () => {
    if (!sqlite.inTransaction) return
    batches = 0
    await steady.run(async () => sqlite.exec('commit'))
  }
  return {
    put: async (work) => {
      if (!sqlite.inTransaction) await steady.run(async () => sqlite.exec('begin immediate'))
      try {
        work()
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('rollback')
        throw error
      }
      batches += 1
      if (batches >= batchesOfSpan) await commit()
    },
    end: commit,
  }
}
