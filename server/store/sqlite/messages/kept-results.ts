import { limits } from '../../../../shared/limits.ts'
import { troubleOf } from '../../../ports/trouble.ts'
import { type KeptFile, openKeptFile } from '../kept-file.ts'

/** What is kept: what became of messages, and what was answered to questions. */
export type KeptKind = 'messages' | 'answers'

/**
 * What others have answered while the database could not be written. It is held by whoever asked, who tries again;
 * and it stands in a file whose room was taken beforehand, so that a process which ends meanwhile leaves it to the
 * next: nothing is sent or asked again because its answer could not be written.
 */
export interface KeptResults {
  /** Writes a result; where the database cannot take it, `note` says what the next process needs to write it. */
  guard(kind: KeptKind, result: object, note: () => unknown, write: () => Promise<void>): Promise<void>
  /** What an earlier process has left of a kind. */
  left(kind: KeptKind): readonly unknown[]
  /** All that was left of a kind has been written. */
  taken(kind: KeptKind): void
  close(): void
}

export const keptPathOf = (databasePath: string): string => `${databasePath}.kept`

interface Record {
  readonly kind: KeptKind
  readonly value: unknown
}

/** Where nothing is kept beside the data: of a scratch copy, and where the file cannot be made. */
export const keptNowhere: KeptResults = {
  guard: (_kind, _result, _note, write) => write(),
  left: () => [],
  taken: () => undefined,
  close: () => undefined,
}

/** `failed` is told where the file cannot be made or written: results are then held in memory alone. */
export function openKeptResults(databasePath: string, failed: (error: unknown) => void): KeptResults {
  if (databasePath === ':memory:') return keptNowhere
  let file: KeptFile
  try {
    file = openKeptFile(keptPathOf(databasePath), limits.keptResults.value)
  } catch (error) {
    failed(error)
    return keptNowhere
  }
  // This file's records are written below alone.
  let left = file.all() as readonly Record[]
  const noted = new Set<object>()
  /** Once nothing waits any more, the file is empty again. */
  const empty = (): void => {
    if (noted.size > 0 || left.length > 0) return
    try {
      file.clear()
    } catch (error) {
      failed(error)
    }
  }
  const keep = (kind: KeptKind, result: object, value: unknown): void => {
    if (noted.has(result)) return
    try {
      if (file.put({ kind, value } satisfies Record)) noted.add(result)
      else failed(new Error('the file of kept results is full'))
    } catch (error) {
      failed(error)
    }
  }
  return {
    async guard(kind, result, note, write) {
      try {
        await write()
      } catch (error) {
        if (troubleOf(error) !== null) keep(kind, result, note())
        throw error
      }
      if (noted.delete(result)) empty()
    },
    left: (kind) => left.filter((record) => record.kind === kind).map(({ value }) => value),
    taken(kind) {
      const before = left.length
      left = left.filter((record) => record.kind !== kind)
      if (left.length < before) empty()
    },
    close: () => file.close(),
  }
}
