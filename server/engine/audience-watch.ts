import type { Plan } from '../../shared/compile/plan.ts'
import { exitOf } from '../../shared/journey/exits.ts'
import { type ForEntrances, forEntrance, type MembershipEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { asWatched } from '../../shared/run/exits.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { isBaseProblem } from '../ports/base.ts'
import type { Mark } from '../ports/clock.ts'
import type { LookMark, Watch } from '../ports/entering.ts'
import { contextOf, type Runtime } from './runtime.ts'

/** For what time alone changes it is looked at each whole hour of the brand's own time. */
const hourMs = 3_600_000
/** After a look nobody looks for so long, nor for so many times as long as it took. */
const leastApartMs = { few: 250, all: 2000 }
const timesApart = 10
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

/** What is watched: a trigger of the live version, or an exit rule, of an earlier one too. */
function entranceOf(plan: Plan, { node }: Watch): MembershipEntrance | null {
  const exit = exitOf(node)
  if (exit !== null) return asWatched(exit)
  const trigger = plan.triggers.find(({ id }) => id === node)
  return trigger === undefined ? null : forEntrance(watched, trigger.entrance)
}

const isExit = ({ node }: Watch) => exitOf(node) !== null

/** A look that fails is made again so much later. */
const afterFailureMs = 60_000
/** The same where nobody answers over everybody at the moment. */
const whileAwayMs = 5_000

const keyOf = ({ journeyId, node, version }: Watch) => `${journeyId} ${node} ${version}`
const hourOf = (at: number) => Math.floor(at / hourMs)

/** A look that has been: what had been written by then, and since when no other is due. */
interface Looked {
  readonly stamp: string
  readonly ended: Mark
  readonly apartMs: number
}

interface Seen {
  /** At those of whom something was recorded, which is soon done, and at everybody. */
  readonly few: Looked
  readonly all: Looked
  readonly mark: LookMark
  /** The brand's time at the last of them. */
  readonly at: number
  readonly unknown: string | null
}

type Whom = 'few' | 'all'

export interface AudienceWatch {
  /** Looks who has left or joined the audiences of exit rules while their journey stood still. */
  resumed(plansOf: () => Promise<readonly Plan[]>, now: number): Promise<number>
  /**
   * Looks who has joined or left the audiences of triggers where something has been written since the last look, or
   * another hour has begun: often at those of whom something was recorded, now and then at everybody, since what is
   * taken away (a tag, a place in a list) is recorded of nobody. `idle`: nothing else was due. Returns how many have.
   */
  look(plans: readonly Plan[], now: number, idle: boolean): Promise<number>
}

/** Watches audiences with one query a look: never more than a small part of the time goes into it. */
export function createAudienceWatch(runtime: Runtime): AudienceWatch {
  const { store, log } = runtime
  const { elapsed } = runtime.by
  const seen = new Map<string, Seen>()

  const isOver = ({ stamp, ended, apartMs }: Looked, now: string) =>
    stamp !== now && elapsed.since(ended) >= apartMs

  /** Whom to look at; null: nobody. */
  const dueOf = (
    watch: Watch,
    last: Seen | undefined,
    stamp: string,
    now: number,
    idle: boolean,
  ): Whom | null => {
    if (last === undefined || watch.state !== 'going') return 'all'
    if (hourOf(now) !== hourOf(watch.lookedAt ?? now)) return 'all'
    if (runtime.looksApart === true) {
      if (isOver(last.all, stamp)) return 'all'
      return isOver(last.few, stamp) ? 'few' : null
    }
    if (!idle || last.few.stamp === stamp) return null
    // Where time stands somebody is at work by hand; on a move each hour looks at everybody.
    return now === last.at ? 'all' : 'few'
  }
  const lookAt = async (
    watch: Watch,
    plan: Plan,
    entrance: MembershipEntrance,
    now: number,
    since: LookMark | null,
  ) => {
    const { brand } = contextOf(runtime, now)
    const moment = { now, zone: zoneOf(plan, brand), anchors: anchorsAt(plan, null, now, brand) }
    const { audience: condition, on, present } = entrance
    const goesOn = isExit(watch)
    return store.look({ watch, condition, on, present, goesOn, moment, since, limit: mostAtOnce })
  }
  const lookOnce = async (plan: Plan | undefined, watch: Watch, whom: Whom, stamp: string, now: number) => {
    const entrance = plan === undefined ? null : entranceOf(plan, watch)
    if (plan === undefined || entrance === null) return 0
    const key = keyOf(watch)
    const last = seen.get(key)
    const began = elapsed.mark()
    const { changed, unknown, mark } = await lookAt(
      watch,
      plan,
      entrance,
      now,
      whom === 'few' ? (last?.mark ?? null) : null,
    )
    const { journeyId: journey, node } = watch
    if (unknown !== null && unknown !== last?.unknown)
      log.warn({ journey, node, audience: unknown }, 'nobody can say who is in an audience: it starts nobody')
    // What was written meanwhile is seen by the next look.
    const more = changed >= mostAtOnce
    const apartMs = more ? 0 : Math.max(leastApartMs[whom], timesApart * elapsed.since(began))
    const looked = { stamp, ended: elapsed.mark(), apartMs }
    const all = whom === 'all' || last === undefined ? looked : last.all
    seen.set(key, { few: looked, all, mark, at: now, unknown })
    return changed
  }

  const lookAll = async (
    plansOf: () => Promise<readonly Plan[]>,
    now: number,
    idle: boolean,
    which: (watch: Watch) => boolean,
  ): Promise<number> => {
    const watches = (await store.watches()).filter(which)
    if (watches.length === 0) return 0
    const plans = await plansOf()
    const stamp = await store.stamp()
    let changed = 0
    for (const watch of watches) {
      const whom = dueOf(watch, seen.get(keyOf(watch)), stamp, now, idle)
      if (whom === null) continue
      const plan = plans.find(({ journey }) => journey.id === watch.journeyId)
      try {
        changed += await lookOnce(plan, watch, whom, stamp, now)
      } catch (error) {
        const { journeyId: journey, node } = watch
        // Of what answers over everybody its own sign tells.
        const away = isBaseProblem(error)
        if (!away) log.error({ journey, node, error: String(error) }, 'an audience could not be looked at')
        const failed = { stamp, ended: elapsed.mark(), apartMs: away ? whileAwayMs : afterFailureMs }
        const mark = { seq: 0, at: 0, change: 0 }
        seen.set(keyOf(watch), { few: failed, all: failed, mark, at: now, unknown: null })
      }
    }
    return changed
  }
  return {
    // Asked in each batch: mostly there is none, and then no journey is read for it.
    resumed: (plansOf, now) =>
      lookAll(plansOf, now, false, (watch) => watch.state === 'resumed' && isExit(watch)),
    look: (plans, now, idle) =>
      lookAll(
        async () => plans,
        now,
        idle,
        () => true,
      ),
  }
}
