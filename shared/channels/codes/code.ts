import type { LocalText } from '../../text.ts'

/** What a code of a failure means, and how it is mended. */
export interface CodeWords {
  readonly means: LocalText
  readonly mend: LocalText
}

/** Words by code, in lower case; `5xx` in the place of the last two digits stands for its class. */
export type CodeTable = Readonly<Record<string, CodeWords>>

/** Of an answer that names none. */
export const noCode = 'other'

const coded = /^([\w.-]{1,60}): (.*)$/s
/** RFC 3463, 2: class, subject, detail. */
const enhanced = /\b([245]\.\d{1,3}\.\d{1,3})\b/
const bare = /^[\w.-]{1,60}$/

/**
 * The code under which a failure is counted: what stands before the colon in what is kept of an answer (`http-404: no
 * such page`), with the enhanced code of a mail server beside its own; of a provider's free words the code in them.
 */
export function codeOf(told: string): string {
  const [, code, rest = ''] = coded.exec(told) ?? []
  const more = enhanced.exec(code === undefined ? told : rest)?.[1]
  if (code !== undefined) return code.startsWith('smtp-') && more !== undefined ? `${code} ${more}` : code
  if (more !== undefined) return more
  return bare.test(told) ? told : noCode
}

const classOf = (code: string): string => code.replace(/(\d)\d\d$/, '$1xx')

/** The names under which a code may stand in a table, the closest first. */
export function namesOf(code: string): string[] {
  const [own = '', more = ''] = code.toLowerCase().split(' ')
  const ofMore = more === '' ? [] : [more, more.replace(/^\d/, 'x')]
  // Some providers name a group of codes by how they begin, up to a dot.
  return [
    code.toLowerCase(),
    ...ofMore,
    own,
    own.replace(/^[245](?=\.)/, 'x'),
    own.replace(/\.[^.]*$/, '.'),
    classOf(own),
  ]
}
