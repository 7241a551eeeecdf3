import type { Plan } from '../../shared/compile/plan.ts'
import { type ForEntrances, forEntrance, type MembershipEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { Mark } from '../ports/clock.ts'
import type { Watch } from '../ports/entering.ts'
import { contextOf, type Runtime } from './runtime.ts'

/** For what time alone changes it is looked at each whole hour of the brand's own time. */
const hourMs = 3_600_000
/** After a look nobody looks for so long, nor for so many times as long as it took. */
const leastApartMs = 1000
const timesApart = 20
/** So many at most are noted by one look. */
const mostAtOnce = 20_000

const watched: ForEntrances<[], MembershipEntrance | null> = {
  schedule: () => null,
  event: () => null,
  manual: () => null,
  membership: (entrance) => entrance,
  absence: () => null,
  journey: () => null,
}

const hourOf = (at: number) => Math.floor(at / hourMs)

interface Seen {
  readonly stamp: string
  readonly at: Mark
  readonly apartMs: number
  readonly unknown: string | null
}

export interface AudienceWatch {
  /**
   * Looks who has joined or left the audiences of triggers where something has been written since the last look, or
   * another hour has begun. `idle`: nothing else was due. Returns how many have.
   */
  look(plans: readonly Plan[], now: number, idle: boolean): Promise<number>
}

/** Watches audiences with one query a look: never more than a small part of the time goes into it. */
export function createAudienceWatch(runtime: Runtime): AudienceWatch {
  const { store, log } = runtime
  const { elapsed } = runtime.by
  const seen = new Map<string, Seen>()

  const isDue = (watch: Watch, last: Seen | undefined, stamp: string, now: number, idle: boolean) => {
    if (last === undefined || watch.state !== 'going') return true
    if (hourOf(now) !== hourOf(watch.lookedAt ?? now)) return true
    if (last.stamp === stamp) return false
    return runtime.looksApart === true ? elapsed.since(last.at) >= last.apartMs : idle
  }
  const lookAt = async (watch: Watch, plan: Plan, entrance: MembershipEntrance, now: number) => {
    const { brand } = contextOf(runtime, now)
    const moment = { now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) }
    const { audience: condition, on, present } = entrance
    return store.look({ watch, condition, on, present, moment, limit: mostAtOnce })
  }
  const lookOnce = async (plan: Plan | undefined, watch: Watch, stamp: string, now: number) => {
    const trigger = plan?.triggers.find(({ id }) => id === watch.node)
    const entrance = trigger === undefined ? null : forEntrance(watched, trigger.entrance)
    if (plan === undefined || entrance === null) return 0
    const key = `${watch.journeyId} ${watch.node} ${watch.version}`
    const at = elapsed.mark()
    const { changed, unknown } = await lookAt(watch, plan, entrance, now)
    const { journeyId: journey, node } = watch
    if (unknown !== null && unknown !== seen.get(key)?.unknown)
      log.warn({ journey, node, audience: unknown }, 'nobody can say who is in an audience: it starts nobody')
    // What was written meanwhile is seen by the next look.
    const apartMs = changed > 0 ? 0 : Math.max(leastApartMs, timesApart * elapsed.since(at))
    seen.set(key, { stamp, at: elapsed.mark(), apartMs, unknown })
    return changed
  }

  return {
    async look(plans, now, idle) {
      const watches = await store.watches()
      if (watches.length === 0) return 0
      const stamp = await store.stamp()
      let changed = 0
      for (const watch of watches) {
        const key = `${watch.journeyId} ${watch.node} ${watch.version}`
        if (!isDue(watch, seen.get(key), stamp, now, idle)) continue
        const plan = plans.find(({ journey }) => journey.id === watch.journeyId)
        try {
          changed += await lookOnce(plan, watch, stamp, now)
        } catch (error) {
          const { journeyId: journey, node } = watch
          log.error({ journey, node, error: String(error) }, 'an audience could not be looked at')
          seen.set(key, { stamp, at: elapsed.mark(), apartMs: hourMs, unknown: null })
        }
      }
      return changed
    },
  }
}
