import type Database from 'better-sqlite3'
import { type Saved, type SavedAudience, unreadable } from '../../../../shared/conditions/audiences.ts'
import { conditionSchema } from '../../../../shared/conditions/schema.ts'
import { readColumn, valueOr } from '../stored-json.ts'

const mostKept = 500

function readSaved(text: string | null): Saved {
  if (text === null) return null
  // What cannot be read lets nobody in, and the page of audiences shows it as such.
  return valueOr(readColumn(text, conditionSchema), unreadable)
}

/** Reads saved conditions; the engine asks for the same few at every batch. */
function savedReader(): (text: string | null) => Saved {
  const known = new Map<string | null, Saved>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= mostKept) known.clear()
    const saved = readSaved(text)
    known.set(text, saved)
    return saved
  }
}

/** Saved audiences as they stand, as conditions refer to them. */
export function savedAudiences(sqlite: Database.Database): SavedAudience {
  const saved = sqlite.prepare<[string], { condition: string | null }>(
    'select condition from audiences where key = ?',
  )
  const read = savedReader()
  return (key) => {
    const row = saved.get(key)
    return row === undefined ? undefined : read(row.condition)
  }
}

/** All saved audiences, by key, as they stand. */
export function allSavedAudiences(sqlite: Database.Database): () => ReadonlyMap<string, Saved> {
  const all = sqlite.prepare<[], { key: string; condition: string | null }>(
    'select key, condition from audiences',
  )
  const read = savedReader()
  return () => new Map(all.all().map(({ key, condition }) => [key, read(condition)]))
}
