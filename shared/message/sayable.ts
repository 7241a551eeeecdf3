import type { MessageFormat } from './format.ts'
import type { RenderProblem } from './problems.ts'

/** Half a surrogate pair, a control character, a mark that turns the direction of reading, or a broken sign. */
const BROKEN = /\p{Surrogate}|[^\P{Cc}\t\n\r]|[\u202a-\u202e\ufffd\ufffe\uffff]/u

/** What programs write for no value, when it gets among words. */
const LEAKED =
  /undefined|\[object \w+\]|(?<![A-Za-z])(?:null|NULL)+(?![A-Za-z])|NaN(?![a-z])|Invalid Date|#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)/g

/** Stands in every text in which one of these is found; most texts have none, and are done at once. */
const DOUBTFUL = /[^\t\n\r -~\xa0-\u2029\u202f-\ud7ff\ue000-\ufffc]|undefined|\[obj|null|NULL|NaN|Inv|\{[{%]/

const LEFT_OPEN = /\{\{|\{%/

/**
 * Why a text may not leave although it was rendered; null if it may. It is asked last, of every text, so that it
 * does not matter how a broken character or a "null" came in: by a filter, a file, an event or a model. What the
 * marketer wrote literally may stand.
 */
export function unsayable(text: string, written: string, format: MessageFormat): RenderProblem | null {
  if (!DOUBTFUL.test(text)) return null
  const broken = BROKEN.exec(text)
  if (broken !== null) return { code: 'broken-text', found: codeOf(broken[0]) }
  // JSON has its own null.
  if (format === 'json') return null
  for (const [found] of text.matchAll(LEAKED))
    if (!written.includes(found)) return { code: 'leaked-value', found }
  const open = LEFT_OPEN.exec(text)?.[0]
  return open === undefined || written.includes('raw') ? null : { code: 'leaked-value', found: open }
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
