import { z } from 'zod'
import type { WecomClient, WecomFailure } from '../channels/wecom/client.ts'
import type { DueMarks, Marked, WecomWork } from '../ports/wecom.ts'
import { each } from './each.ts'

export interface MarkerDeps {
  readonly work: WecomWork
  readonly client: () => WecomClient | null
  readonly realNow: () => number
}

const nothing = z.unknown()
/** Customers of one go. */
const atOnce = 200
/** How long after a failure WeCom is told again (ms). */
const againMs = 60_000
/** By what WeCom says that a customer is no friend of that employee's: there is nobody to put a tag on. */
const noFriends: ReadonlySet<number> = new Set([84061, 40096])

/** Tells WeCom of tags that were put on customers here, or taken away; `run` answers of how many. */
export function createMarker({ work, client, realNow }: MarkerDeps): { run(): Promise<number> } {
  /** WeCom takes nothing until then. */
  let restsUntil = 0

  /** The same again changes nothing in WeCom, so that what may have been heard is simply said another time. */
  const tell = async (asked: WecomClient, due: DueMarks): Promise<Marked> => {
    const idsOf = (wanted: boolean) => due.marks.filter(({ has }) => has === wanted).map(({ tagId }) => tagId)
    const [add, remove] = [idsOf(true), idsOf(false)]
    for (const { userId, externalUserId } of due.friends) {
      const said = await asked.ask({
        path: 'externalcontact/mark_tag',
        body: {
          ...{ userid: userId, external_userid: externalUserId },
          ...(add.length > 0 && { add_tag: add }),
          ...(remove.length > 0 && { remove_tag: remove }),
        },
        answer: nothing,
      })
      if (said.ok || (said.errcode !== null && noFriends.has(said.errcode))) continue
      return { ...due, told: false, ...notYet(said.failure) }
    }
    return { ...due, told: true }
  }

  const notYet = (failure: WecomFailure): { error: string; dueAt: number | null } => {
    const error = `${failure.code}: ${failure.detail}`
    if (failure.kind === 'rejected') return { error, dueAt: null }
    const afterMs = 'afterMs' in failure ? failure.afterMs : null
    restsUntil = realNow() + Math.max(afterMs ?? 0, againMs)
    return { error, dueAt: restsUntil }
  }

  return {
    async run() {
      const asked = client()
      if (asked === null || realNow() < restsUntil) return 0
      const due = await work.dueMarks(realNow(), atOnce)
      const results: Marked[] = []
      await each(due, async (one) => {
        // The others wait as well.
        if (realNow() < restsUntil) return
        results.push(await tell(asked, one))
      })
      if (results.length > 0) await work.marked(results, realNow())
      return results.length
    },
  }
}
