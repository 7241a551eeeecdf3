import { type Choice, type ChoosingAt, type Chosen, choose } from '../contents/choose.ts'
import { contentIn, type Library } from '../contents/content.ts'
import { limits } from '../limits.ts'
import { type Locale, say, type WrittenText } from '../text.ts'
import type { MessageFormat } from './format.ts'
import { isHtml, sanitizeHtml } from './html-mail.ts'
import type { RenderProblem } from './problems.ts'
import { DateValue, MarkupValue, MoneyValue } from './typed.ts'

/** What a brand's library holds, and of whom its labels are asked. */
export interface ContentSource extends Omit<ChoosingAt, 'now'> {
  readonly library: Library
}

/** What a text of a content becomes. */
export type WrittenContent =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly RenderProblem[] }

/** Writes a text of a content as the message is written around it, so many levels within it. */
export type WriteContent = (source: string, form: MessageFormat, level: number) => WrittenContent

interface Kept {
  readonly value: unknown
  /** Why it has no value. */
  readonly problems: readonly RenderProblem[]
}

interface Around {
  readonly now: number
  readonly locale: Locale
  readonly form: MessageFormat
}

/**
 * The contents that one rendering shows, those within contents among them. Each is chosen and written when it is read
 * first, and once; one that cannot be written has no value, as any variable, and whoever must print it is told why.
 */
export class Showing {
  /** Which were looked at, in that order. */
  readonly chosen: Chosen[] = []
  readonly #kept = new Map<string, Kept>()
  readonly #source: ContentSource
  readonly #around: Around
  readonly #write: WriteContent

  constructor(source: ContentSource, around: Around, write: WriteContent) {
    this.#source = source
    this.#around = around
    this.#write = write
  }

  /** Contents by their keys as a template reads them; none is chosen before it is read. */
  group(keys: readonly string[], level: number): Readonly<Record<string, unknown>> {
    const group: Record<string, unknown> = {}
    for (const key of keys)
      Object.defineProperty(group, key, { enumerable: true, get: () => this.#read(key, level).value })
    return group
  }

  /** The problems of a rendering; of a content without a value those that kept it from having one. */
  explained(problems: readonly RenderProblem[]): RenderProblem[] {
    return problems.flatMap((problem) => {
      const key = problem.code === 'missing-value' ? /^content\.(\w+)/.exec(problem.variable)?.[1] : undefined
      const known = key === undefined ? undefined : this.#kept.get(key)
      return known === undefined || known.problems.length === 0 ? [problem] : known.problems
    })
  }

  #read(key: string, level: number): Kept {
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const { contentDepth, contentsInText } = limits
    const tooMuch = level >= contentDepth.value || this.#kept.size >= contentsInText.value
    // What is asked for within itself is too much, however the library came to hold it.
    this.#kept.set(key, { value: undefined, problems: [{ code: 'template-too-heavy' }] })
    const kept = tooMuch ? this.#kept.get(key) : this.#made(key, level)
    const found = kept ?? { value: undefined, problems: [] }
    this.#kept.set(key, found)
    return found
  }

  #made(key: string, level: number): Kept {
    const content = contentIn(this.#source.library, key)
    if (content === undefined) return { value: undefined, problems: [] }
    const choice = choose(content, { ...this.#source, now: this.#around.now })
    if (choice === null)
      return { value: undefined, problems: [{ code: 'content-closed', variable: `content.${key}` }] }
    this.chosen.push(choice.chosen)
    return this.#valueOf(choice, level)
  }

  #valueOf({ shown }: Choice, level: number): Kept {
    const problems: RenderProblem[] = []
    const write = (written: WrittenText | null, markup = false): unknown => {
      if (written === null) return null
      const source = say(written, this.#around.locale)
      const asHtml = markup && this.#around.form === 'html' && isHtml(source)
      const made = this.#write(source, asHtml ? 'html' : 'text', level + 1)
      // What stands in a mail of blocks is not looked at again.
      if (made.ok) return asHtml ? new MarkupValue(sanitizeHtml(made.text).html) : made.text
      problems.push(...made.problems)
      return undefined
    }
    const date = (day: string | null) => (day === null ? null : new DateValue(day))
    const value = (): unknown => {
      switch (shown.kind) {
        case 'text':
          return write(shown.body.text, true)
        case 'image':
          return { ...shown.body, alt: write(shown.body.alt) }
        case 'link':
          return { ...shown.body, label: write(shown.body.label) }
        case 'offer': {
          const { name, description, code, value: amount, from, until } = shown.body
          return {
            ...{ name: write(name), description: write(description), code },
            ...{
              value: amount === null ? null : new MoneyValue(amount),
              from: date(from),
              until: date(until),
            },
          }
        }
      }
    }
    return { value: value(), problems }
  }
}
