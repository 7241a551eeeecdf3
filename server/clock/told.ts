import type { Logger } from 'pino'
import type { LocalText } from '../../shared/text.ts'
import type { Clock } from '../ports/clock.ts'
import { createSigns, type Signs } from '../ports/signs.ts'
import type { ClockStep, HouseStanding } from './house.ts'
import { machineElapsed, machineWall } from './machine.ts'
import { createSharedClock, type SharedTime } from './shared.ts'

const units = [
  { ms: 86_400_000, chinese: '天', english: 'day' },
  { ms: 3_600_000, chinese: '小时', english: 'hour' },
  { ms: 60_000, chinese: '分钟', english: 'minute' },
  { ms: 1000, chinese: '秒', english: 'second' },
] as const

/** A length by its two largest units, such as `1 day 2 hours`; whole seconds, and one at least. */
export function sayLength(ms: number): LocalText {
  const chinese: string[] = []
  const english: string[] = []
  let left = Math.max(1000, Math.round(Math.abs(ms) / 1000) * 1000)
  for (const unit of units) {
    const count = Math.floor(left / unit.ms)
    left -= count * unit.ms
    if (count === 0 || english.length === 2) continue
    chinese.push(`${count} ${unit.chinese}`)
    english.push(`${count} ${unit.english}${count === 1 ? '' : 's'}`)
  }
  return { 'zh-CN': chinese.join(' '), en: english.join(' ') }
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
