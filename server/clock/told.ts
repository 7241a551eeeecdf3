import type { Logger } from 'pino'
import type { LocalText } from '../../shared/text.ts'
import type { Clock } from '../ports/clock.ts'
import { createSigns, type Signs } from '../ports/signs.ts'
import type { ClockStep, HouseStanding } from './house.ts'
import { machineElapsed, machineWall } from './machine.ts'
import { createSharedClock, type SharedTime } from './shared.ts'

const units: readonly { readonly ms: number; readonly said: LocalText }[] = [
  { ms: 86_400_000, said: { 'zh-CN': '天', en: 'd' } },
  { ms: 3_600_000, said: { 'zh-CN': '小时', en: 'h' } },
  { ms: 60_000, said: { 'zh-CN': '分钟', en: 'min' } },
  { ms: 1000, said: { 'zh-CN': '秒', en: 's' } },
]

/** A length by its two largest units, such as 1 d 2 h; whole seconds at least. */
export function sayLength(ms: number): LocalText {
  const parts: (readonly [number, LocalText])[] = []
  let left = Math.max(1000, Math.round(Math.abs(ms) / 1000) * 1000)
  for (const { ms: unit, said } of units) {
    const count = Math.floor(left / unit)
    if (count > 0 && parts.length < 2) parts.push([count, said])
    left -= count * unit
  }
  const inLocale = (locale: keyof LocalText) =>
    parts.map(([count, said]) => `${count} ${said[locale]}`).join(' ')
  return { 'zh-CN': inLocale('zh-CN'), en: inLocale('en') }
}

/** Below this the house is ahead of the machine's clock by no more than a time service corrects any day. */
const worthASignMs = 1000

/** Says in the log what the machine's clock has done, and by signs how the house stands to it. */
export function tellOfClock(signs: Signs, log: Pick<Logger, 'warn'>, standing: () => HouseStanding) {
  const back = () => {
    const { aheadMs, trial } = standing()
    if (trial !== null) return trial.by < 0 ? { length: sayLength(trial.by) } : null
    return aheadMs > worthASignMs ? { length: sayLength(aheadMs) } : null
  }
  const forward = () => {
    const { trial } = standing()
    return trial !== null && trial.by > 0 ? { length: sayLength(trial.by) } : null
  }
  signs.watch('clock-set-back', null, back)
  signs.watch('clock-set-forward', null, forward)
  const said = {
    set: 'the machine’s clock was set',
    righted: 'the machine’s clock is right again',
    believed: 'the machine’s clock has stood where it was set, and the house goes by it from now on',
  } satisfies Record<ClockStep['kind'], string>
  return ({ kind, by }: ClockStep): void => {
    log.warn({ by: sayLength(by).en, direction: by < 0 ? 'back' : 'forward' }, said[kind])
    // Read at once, so that each sign says since when.
    signs.unwell()
  }
}

/** How often the machine's clock is looked at though nobody asks for the time, in milliseconds. */
const lookMs = 1000

/** Keeps the time of the house from now on, for all threads, and says what the machine's clock does. */
export function keepTime(log: Pick<Logger, 'warn'>): {
  readonly clock: Clock
  readonly signs: Signs
  readonly shared: SharedTime
} {
  let tell: (step: ClockStep) => void = () => undefined
  const { clock, shared } = createSharedClock({ wall: machineWall, onStep: (step) => tell(step) })
  const signs = createSigns(clock.now)
  tell = tellOfClock(signs, log, clock.standing)
  setInterval(clock.look, lookMs).unref()
  return { clock: { now: clock.now, elapsed: machineElapsed }, signs, shared }
}
