import { createStore } from 'zustand/vanilla'

/** As long as the word that offers to undo stays on the screen. */
export const undoTime = 8_000

/** What is shown as deleted already while its deletion can still be taken back. */
export const leaving = createStore<{ ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }))

const without = (ids: ReadonlySet<string>, id: string) => new Set([...ids].filter((one) => one !== id))

/**
 * Hides a thing now and deletes it when the time to undo is over; a page closed before then deletes
 * nothing. The returned function takes it back. `run` shows its own failure; the thing then reappears.
 */
export function deleteLater(id: string, run: () => Promise<unknown>, wait: number = undoTime): () => void {
  leaving.setState(({ ids }) => ({ ids: new Set(ids).add(id) }))
  const back = () => leaving.setState(({ ids }) => ({ ids: without(ids, id) }))
  const timer = setTimeout(() => void run().finally(back), wait)
  return () => {
    clearTimeout(timer)
    back()
  }
}
