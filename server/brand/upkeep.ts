import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'
import type { ChoreDone, Night, UpkeepAnswer } from '../../shared/api/upkeep.ts'
import { type Actor, engineActor } from '../../shared/audit/actor.ts'
import { addDays, localDate, zonedAt } from '../../shared/calendar/index.ts'
import { type Chore, choresOf, type FileChore, isFileChore } from '../../shared/chores.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Act } from '../ports/acts.ts'
import type { Elapsed, WallTime } from '../ports/clock.ts'
import type { Signs } from '../ports/signs.ts'
import type { NightStore, Upkeep } from '../ports/upkeep.ts'
import { beginUpkeep } from '../work/long.ts'
import type { Workshop } from '../work/workshop.ts'
import { choreDone, sayFailure } from './chore.ts'

/** What is tended at night: the installation, or one brand. */
export interface UpkeepPlace {
  /** null: the installation. */
  readonly brand: string | null
  /** Its file of data. */
  readonly path: string
  readonly nights: NightStore
  act(actor: Actor): Act
}

/** Chores that are no file's own: what each has removed. */
export type OwnChores = Readonly<Record<Exclude<Chore, FileChore>, () => Promise<number>>>

export interface UpkeepOptions {
  /** HH:MM; null: never by itself. */
  readonly at: string | null
  /** Where that hour is meant. */
  readonly zone: () => string
  /** Since when there is anything to tend: no night before it was missed. */
  readonly since: number
  readonly places: () => readonly UpkeepPlace[]
  readonly own: OwnChores
  readonly workshop: Workshop
  readonly signs?: Signs | undefined
  readonly log: Logger
  readonly now: WallTime
  readonly elapsed: Elapsed
}

export interface RunningUpkeep extends Upkeep {
  /** A brand has gone: it has no signs any more. */
  forget(brand: string): void
  /** Begins nothing new; resolves when the file in hand is done. */
  close(): Promise<void>
}

type Why = Night['why']

const hourMs = 3_600_000
/** How often it is looked whether a night was missed, and whether the hour is meant in another zone by now. */
const lookEveryMs = 300_000

/** The last time that it was the hour, at or before a moment. */
export function lastDue(at: string, zone: string, now: number): number {
  const today = localDate(now, zone)
  const due = zonedAt(today, at, zone)
  return due <= now ? due : zonedAt(addDays(today, -1), at, zone)
}

/**
 * Tends the data each night at an hour of the house, and makes up once what was missed while the machine slept. It is
 * the one job that goes by the time of day, for which node-cron is: whatever is due by a journey has its row, and the
 * heart beats by elapsed time.
 */
export function startUpkeep(options: UpkeepOptions): RunningUpkeep {
  const { at, workshop, signs, log, now } = options
  const makeUpMs = limits.upkeepMakeUp.value * hourMs
  const unwatch = new Map<string | null, () => void>()
  const unsound = new Map<string | null, LocalText>()
  let running: Promise<void> | null = null
  let closing = false
  let task: ScheduledTask | null = null
  let zone = options.zone()

  const watch = (brand: string | null): void => {
    if (signs === undefined || unwatch.has(brand)) return
    const found = () => {
      const faults = unsound.get(brand)
      return faults === undefined ? null : { faults }
    }
    unwatch.set(brand, signs.watch('data-unsound', brand, found))
  }
  const heed = (brand: string | null, night: Night | null): void => {
    watch(brand)
    const found = night?.chores.find(({ chore }) => chore === 'soundness')
    if (found?.state === 'failed' && found.problem !== null) unsound.set(brand, found.problem)
    else unsound.delete(brand)
  }

  const ofFile = async (
    place: UpkeepPlace,
    actor: Actor,
    chores: readonly FileChore[],
  ): Promise<ChoreDone[]> => {
    try {
      const { brand, path } = place
      const job = beginUpkeep(workshop, { brand: brand ?? '', path, actor }, chores, now())
      return [...(await job.result)]
    } catch (error) {
      // Of a night that the end of the server has cut short nothing is said: the next start makes it up.
      if (closing) throw error
      const problem = sayFailure(error)
      return chores.map((chore) => ({ chore, state: 'failed', ms: 0, count: null, problem }))
    }
  }
  const tendPlace = async (place: UpkeepPlace, actor: Actor, why: Why): Promise<void> => {
    const startedAt = now()
    const wanted: readonly Chore[] = choresOf[place.brand === null ? 'installation' : 'brand']
    const done: ChoreDone[] = []
    for (const chore of wanted) {
      if (isFileChore(chore)) continue
      const work = async () => ({ count: await options.own[chore](), found: null })
      done.push(await choreDone(chore, options.elapsed, work))
    }
    done.push(...(await ofFile(place, actor, wanted.filter(isFileChore))))
    const night = { startedAt, endedAt: now(), why, chores: done }
    heed(place.brand, night)
    await place.nights.note(place.act(actor), night)
    const failed = done.filter(({ state }) => state === 'failed').map(({ chore }) => chore)
    if (failed.length > 0) log.warn({ brand: place.brand, failed }, 'a part of the nightly upkeep failed')
    else log.info({ brand: place.brand, ms: night.endedAt - startedAt }, 'the nightly upkeep is done')
  }
  const tendAll = async (actor: Actor, why: Why): Promise<void> => {
    for (const place of options.places()) {
      if (closing) return
      await tendPlace(place, actor, why).catch((error: unknown) => {
        if (!closing) log.error({ err: error, brand: place.brand }, 'the nightly upkeep could not be noted')
      })
    }
  }
  const run = (actor: Actor, why: Why): void => {
    running ??= tendAll(actor, why).finally(() => {
      running = null
    })
  }

  /** Whether the last hour was missed: nobody has tended the installation since. */
  const isOwed = async (hour: string): Promise<boolean> => {
    const due = lastDue(hour, zone, now())
    if (due < options.since || now() - due > makeUpMs) return false
    const [house] = options.places()
    const last = (await house?.nights.last()) ?? null
    return last === null || last.startedAt < due
  }
  /** At its hour, once: a clock that is set back comes to the same hour again. */
  const come = async (hour: string, why: Why): Promise<void> => {
    if (!closing && running === null && (await isOwed(hour))) run(engineActor, why)
  }
  const tell = (error: unknown) => log.error({ err: error }, 'the nightly upkeep could not begin')
  const plan = (hour: string): void => {
    const [hours = '', minutes = ''] = hour.split(':')
    void task?.destroy()
    zone = options.zone()
    task = cron.schedule(
      `${Number(minutes)} ${Number(hours)} * * *`,
      () => come(hour, 'planned').catch(tell),
      {
        timezone: zone,
        ...{ name: 'upkeep', unref: true },
        // What was missed is made up below, within its hours.
        ...{ noOverlap: true, suppressMissedWarning: true },
      },
    )
  }
  const look = async (hour: string): Promise<void> => {
    if (options.zone() !== zone) plan(hour)
    await come(hour, 'made-up')
  }
  if (at !== null) plan(at)
  const timer = at === null ? null : setInterval(() => void look(at).catch(tell), lookEveryMs)
  timer?.unref()
  const begun = (async () => {
    for (const { brand, nights } of options.places()) heed(brand, await nights.last())
    if (at !== null) await look(at)
  })().catch(tell)

  return {
    async state(): Promise<UpkeepAnswer> {
      const places = await Promise.all(
        options.places().map(async ({ brand, nights }) => ({ brand, last: await nights.last() })),
      )
      return {
        at,
        zone,
        nextAt: at === null ? null : nextDue(at, zone, now()),
        running: running !== null,
        makeUpHours: limits.upkeepMakeUp.value,
        places,
      }
    },
    async begin(actor) {
      if (running !== null) throw new Problem('upkeep-running')
      run(actor, 'asked')
    },
    forget(brand) {
      unwatch.get(brand)?.()
      unwatch.delete(brand)
      unsound.delete(brand)
    },
    async close() {
      closing = true
      if (timer !== null) clearInterval(timer)
      await task?.destroy()
      for (const stop of unwatch.values()) stop()
      await begun
      await running
    },
  }
}

/** The next time that it is the hour. */
export function nextDue(at: string, zone: string, now: number): number {
  const due = lastDue(at, zone, now)
  return zonedAt(addDays(localDate(due, zone), 1), at, zone)
}
