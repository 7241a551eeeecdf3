import type { Logger } from 'pino'
import type { ReferralStore } from '../ports/referrals.ts'

interface OpenedDesk {
  readonly id: string
  readonly stores: { readonly referrals: Pick<ReferralStore, 'countOpened'> }
}

export interface Openings {
  note(desk: OpenedDesk, code: string): void
  /** Writes what was noted; resolves once it is. */
  flush(): Promise<void>
}

/** So long an opening waits for others: whoever opens a page takes no lock of the store. */
const gatherMs = 500

/** How often pages are opened, counted a moment later, together. */
export function createOpenings(log: Pick<Logger, 'error'> | null): Openings {
  const noted = new Map<OpenedDesk, Map<string, number>>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const taken = [...noted]
    noted.clear()
    for (const [desk, counted] of taken)
      await desk.stores.referrals.countOpened(counted).catch((error: unknown) => {
        log?.error({ brand: desk.id, error: String(error) }, 'openings of invitations could not be written')
      })
  }
  const flush = (): Promise<void> => {
    writing = writing.then(write)
    return writing
  }
  return {
    note(desk, code) {
      const counted = noted.get(desk) ?? new Map<string, number>()
      noted.set(desk, counted.set(code, (counted.get(code) ?? 0) + 1))
      timer ??= setTimeout(() => void flush(), gatherMs)
    },
    flush,
  }
}
