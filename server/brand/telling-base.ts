import { errors, fill, Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { type Base, isBaseProblem } from '../ports/base.ts'
import type { OpenBrand } from './options.ts'
import { scratchBase } from './scratch-base.ts'

const seconds = limits.engineAnswer.value

/** Ends what takes too long: the engine has other work. */
function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(new Problem('work-too-long', { seconds })), seconds * 1000)
  return work(ending.signal).finally(() => clearTimeout(timer))
}

const saidOf = ({ code, details }: Problem, locale: 'zh-CN' | 'en'): string =>
  fill(errors[code].message[locale], details)

/**
 * What answers the brand's work over everybody. Where it cannot, firings and looks at audiences wait, which the signs
 * and the log say until it answers again.
 */
export function tellingBase({ id, db, log, signs, base = scratchBase(db) }: OpenBrand): Base {
  let away = false
  return {
    async ask(kind, asked) {
      try {
        const answer = await inTime((signal) => base.ask(kind, asked, signal))
        if (away) log.info({ brand: id }, 'the analytical copy answers again')
        away = false
        signs?.clear('copy-away', id)
        return answer
      } catch (error) {
        if (!isBaseProblem(error)) throw error
        const why = { 'zh-CN': saidOf(error, 'zh-CN'), en: saidOf(error, 'en') }
        if (!away) log.warn({ brand: id, why: why.en }, 'the analytical copy does not answer: entries wait')
        away = true
        signs?.raise('copy-away', id, { why })
        throw error
      }
    },
  }
}
