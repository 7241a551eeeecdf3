import { setTimeout as pause } from 'node:timers/promises'
import type { Claimant } from '../ports/claims.ts'
import type { ClaimedMessage, OutboxStore, Settlement } from '../ports/dispatch.ts'

export interface BookDeps {
  readonly outbox: Pick<OutboxStore, 'begin' | 'settle'>
  readonly by: Claimant
  readonly now: () => number
  /** Told what was written. */
  readonly onWritten: (settlements: readonly Settlement[]) => void
}

/** What is to be written of one channel's messages, and until then must not be lost: they are out. */
export interface Book {
  /** Resolves once it is written that the message is about to leave; false: it is not to be sent any more. */
  begin(message: ClaimedMessage): Promise<boolean>
  /** Takes what became of messages, to be written soon. */
  note(settlements: readonly Settlement[]): void
  /** Writes all that was noted. Where the store refuses, it is kept, and this rejects. */
  write(): Promise<void>
}

/** So long those that are about to leave wait for others: connections that go on together are written together. */
const gatherMs = 2
/**
 * So long an answer waits for what is written anyway: each writing costs the disk as much as the sending of a message,
 * and who has answered is soon given the next.
 */
const answersWaitMs = 10

interface Waiting {
  readonly message: ClaimedMessage
  readonly may: (may: boolean) => void
  readonly refuse: (error: unknown) => void
}

export function createBook({ outbox, by, now, onWritten }: BookDeps): Book {
  let noted: readonly Settlement[] = []
  /** What the store has refused: it knows it by this very list, and is given it again. */
  let refused: readonly Settlement[] = []
  let waiting: readonly Waiting[] = []
  let writing: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  const put = async (settlements: readonly Settlement[], leaving: readonly Waiting[]): Promise<void> => {
    if (leaving.length === 0) return outbox.settle(settlements, now())
    const messages = leaving.map(({ message }) => message)
    const begun = await outbox.begin({ by, now: now(), messages, settlements })
    for (const { message, may } of leaving) may(begun.has(message.id))
  }

  const pending = () => refused.length + noted.length + waiting.length

  const writeAll = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    try {
      while (pending() > 0) {
        const again = refused.length > 0
        const settlements = again ? refused : noted
        const leaving = waiting
        if (!again) noted = []
        refused = []
        waiting = []
        try {
          await put(settlements, leaving)
        } catch (error) {
          refused = settlements
          for (const { refuse } of [...leaving, ...waiting]) refuse(error)
          waiting = []
          throw error
        }
        if (settlements.length > 0) onWritten(settlements)
      }
    } finally {
      writing = null
    }
  }

  const writeSoon = (): void => {
    writing ??= pause(gatherMs)
      .then(writeAll)
      // Nothing is lost by it: what was noted is kept, and who writes it next is told.
      .catch(() => undefined)
  }

  return {
    begin: (message) =>
      new Promise((may, refuse) => {
        waiting = [...waiting, { message, may, refuse }]
        writeSoon()
      }),
    note(settlements) {
      noted = [...noted, ...settlements]
      if (settlements.length > 0 && writing === null) timer ??= setTimeout(writeSoon, answersWaitMs)
    },
    async write() {
      while (writing !== null) await writing
      if (pending() === 0) return
      const written = writeAll()
      writing = written
      await written
    },
  }
}
