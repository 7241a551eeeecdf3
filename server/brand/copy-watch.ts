import { errors, fill, Problem } from '../../shared/errors/index.ts'
import type { Base } from '../ports/base.ts'
import type { OpenBrand } from './options.ts'

/** So often it is looked whether a copy that did not answer does again (ms). */
const againMs = 10_000

const nobody = { kind: 'any' as const, of: [] }
const probe = { condition: nobody, moment: { now: 0, zone: 'UTC', anchors: {} } }

/** Why the copy itself does not answer; null for whatever else comes of a question, such as one that takes too long. */
function silence(error: unknown): Problem | null {
  const isIt = error instanceof Problem && (error.code === 'copy-no-room' || error.code === 'copy-failed')
  return isIt ? error : null
}

const saidOf = ({ code, details }: Problem, locale: 'zh-CN' | 'en'): string =>
  fill(errors[code].message[locale], details)

/** Hears what people's questions over everybody come to. */
export interface CopyWatch {
  /** What came of a question is its asker's, and seen here. */
  hear<T>(asked: Promise<T>): Promise<T>
  /** The same for whoever asks here. */
  readonly heard: Base
  close(): void
}

/**
 * Tells by a sign and in the log that people's counts and lists are refused, as long as they would be: who looks at the
 * health of the server need not count for it, and nobody has to count again for the sign to go.
 */
export function watchCopy(
  { id, log, signs }: Pick<OpenBrand, 'id' | 'log' | 'signs'>,
  base: Base,
  everyMs = againMs,
): CopyWatch {
  let timer: NodeJS.Timeout | null = null
  let closed = false
  const lookAgain = (): void => {
    if (closed) return
    timer = setTimeout(() => {
      base.ask('count', probe).then(answered, (error: unknown) => {
        const still = silence(error)
        if (still === null) lookAgain()
        else raise(still)
      })
    }, everyMs)
    timer.unref()
  }
  const raise = (problem: Problem): void => {
    if (closed) return
    const why = { 'zh-CN': saidOf(problem, 'zh-CN'), en: saidOf(problem, 'en') }
    if (timer === null)
      log.warn({ brand: id, why: why.en }, 'the analytical copy does not answer: people are refused')
    signs?.raise('copy-silent', id, { why })
    if (timer !== null) clearTimeout(timer)
    lookAgain()
  }
  const answered = (): void => {
    if (closed) return
    timer = null
    log.info({ brand: id }, 'the analytical copy answers again')
    signs?.clear('copy-silent', id)
  }
  const hear = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      const problem = silence(error)
      if (problem !== null) raise(problem)
      throw error
    }
  }
  return {
    hear,
    heard: { ask: (kind, asked, signal) => hear(base.ask(kind, asked, signal)) },
    close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      signs?.clear('copy-silent', id)
    },
  }
}
