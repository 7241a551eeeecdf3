import { timesLeft } from '../conditions/history.ts'
import { type Rendered, render } from '../message/render.ts'
import { unit } from '../stats/hash.ts'
import type { DecideInput, Decision } from './type.ts'
import { messageContext, variablesFor } from './variables.ts'

/** What a colleague may answer, and how often a rehearsal assumes it, of a hundred; null: nothing is said of it. */
export interface Choice {
  readonly id: string
  readonly share: number | null
}

/**
 * The way that is taken where nobody is asked: by the shares that are assumed, of which what is left over is nobody's
 * answer; the first choice where none is. The same always for one visit of one customer.
 */
export function assumed(
  choices: readonly Choice[],
  nobody: string,
  { enrollment, journey, node }: DecideInput,
): string {
  if (choices.every(({ share }) => share === null)) return choices[0]?.id ?? nobody
  const visit = timesLeft(enrollment.history, node)
  let rest = unit(journey.id, node, enrollment.customerId, visit) * 100
  for (const { id, share } of choices) {
    rest -= share ?? 0
    if (rest < 0) return id
  }
  return nobody
}

/** Nobody is asked: what is assumed is done at once, and nobody's answer takes its time. */
export function notAsked(port: string, nobody: string, until: number, why: string): Decision {
  if (port !== nobody) return { kind: 'leave', port, reason: { code: 'not-asked', why } }
  return {
    kind: 'wait',
    wait: { until, event: null, cause: 'reply' },
    reason: { code: 'waiting', until },
  }
}

function problemsOf(rendered: readonly Rendered[]) {
  return rendered.flatMap((one) =>
    one.ok
      ? []
      : one.problems.map((problem) => ({
          code: problem.code,
          name: 'variable' in problem ? problem.variable : null,
        })),
  )
}

/** The texts in the language of the brand, in whose hours colleagues work; or what cannot be rendered of them. */
export function writeFor(texts: { readonly title: string; readonly text: string }, input: DecideInput) {
  const { brand, zone } = input
  const context = { ...messageContext(input), zone, locale: brand.language }
  const variables = variablesFor(input)
  const title = render(texts.title, variables, context)
  const text = render(texts.text, variables, context)
  if (title.ok && text.ok) return { title: title.text, text: text.text, problems: null }
  return { title: null, text: null, problems: problemsOf([title, text]) }
}

type Written = ReturnType<typeof writeFor>

/** Nobody is troubled with what cannot be written; in a rehearsal neither. */
export function unwritten(port: string, problems: NonNullable<Written['problems']>): Decision {
  return { kind: 'leave', port, reason: { code: 'not-asked', why: 'render', problems } }
}
