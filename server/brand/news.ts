import type { BrandNews } from './brand.ts'

/** How often news of the same kind is told at most, in milliseconds of real time. */
const everyMs = 200

export interface NewsDesk {
  subscribe(listener: (news: BrandNews) => void): () => void
  /** The clock is told as it stands when the news goes out. */
  clockMoved(): void
  figuresChanged(journeyIds: Iterable<string>): void
  inboxGrew(added: number): void
  /** Tells at once what has gathered. */
  flush(): void
  close(): void
}

/** Gathers what happens in batches and tells subscribers of it a few times a second. */
export function createNewsDesk(clock: () => Extract<BrandNews, { type: 'clock' }>['clock']): NewsDesk {
  const listeners = new Set<(news: BrandNews) => void>()
  const journeys = new Set<string>()
  let inbox = 0
  let moved = false
  let timer: NodeJS.Timeout | null = null

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const news: BrandNews[] = [...journeys].map((journeyId) => ({ type: 'figures', journeyId }))
    if (inbox > 0) news.push({ type: 'inbox', added: inbox })
    if (moved) news.push({ type: 'clock', clock: clock() })
    journeys.clear()
    inbox = 0
    moved = false
    for (const one of news) for (const listener of listeners) listener(one)
  }
  /** Gathers something, if anybody is there to hear of it. */
  const gather = (note: () => void): void => {
    if (listeners.size === 0) return
    note()
    timer ??= setTimeout(flush, everyMs)
  }

  return {
    flush,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    clockMoved() {
      gather(() => {
        moved = true
      })
    },
    figuresChanged(journeyIds) {
      gather(() => {
        for (const id of journeyIds) journeys.add(id)
      })
    },
    inboxGrew(added) {
      if (added === 0) return
      gather(() => {
        inbox += added
      })
    },
    close() {
      listeners.clear()
      flush()
    },
  }
}
