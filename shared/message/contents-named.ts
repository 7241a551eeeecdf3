import { type Content, contentIn, defaultVariant, type Library } from '../contents/content.ts'
import { contentFields, textsIn } from '../contents/fields.ts'
import { limits } from '../limits.ts'
import type { Locale } from '../text.ts'
import { parsedTemplate } from './render.ts'

/** The keys by which a text names contents, in no order; of one that cannot be read none. */
export function contentsNamed(text: string): readonly string[] {
  // Most texts need not be read to see that there are none.
  if (!text.includes('content')) return []
  const parsed = parsedTemplate(text)
  return 'code' in parsed ? [] : parsed.contents
}

/** The keys that the texts of a content name. */
export function namedWithin(content: Content): readonly string[] {
  return [...new Set(textsIn(content).flatMap(({ text }) => contentsNamed(text)))]
}

/** The contents that texts show, those within contents among them, each once, up to what one text may show. */
export function contentsOf(texts: readonly string[], library: Library): readonly Content[] {
  const found = new Map<string, Content>()
  let keys = texts.flatMap(contentsNamed)
  for (let level = 0; level < limits.contentDepth.value && keys.length > 0; level += 1) {
    const next = keys.flatMap((key) => {
      const content = found.has(key) ? undefined : contentIn(library, key)
      if (content === undefined) return []
      found.set(key, content)
      return namedWithin(content)
    })
    keys = next
  }
  return [...found.values()]
}

/** What is wrong with how contents stand within contents. */
export type NestingFault =
  | { readonly code: 'content-circle'; readonly way: readonly string[] }
  | { readonly code: 'content-deep'; readonly way: readonly string[] }

/** Whether a content leads back to itself, or stands too many levels deep; null where neither. */
export function nestingFault(content: Content, library: Library): NestingFault | null {
  const after = (key: string): readonly string[] => {
    const known = key === content.key ? content : contentIn(library, key)
    return known === undefined ? [] : namedWithin(known)
  }
  /** The longest way from a content inwards, or the first that comes round. */
  const walk = (key: string, way: readonly string[]): NestingFault | null => {
    if (way.includes(key)) return { code: 'content-circle', way: [...way, key] }
    const longer = [...way, key]
    if (longer.length > limits.contentDepth.value) return { code: 'content-deep', way: longer }
    for (const next of after(key)) {
      const fault = walk(next, longer)
      if (fault !== null) return fault
    }
    return null
  }
  // Whoever shows this content, at whatever level, shows what stands in it.
  const tops = library.filter(({ key }) => key !== content.key)
  for (const top of [content, ...tops]) {
    const fault = walk(top.key, [])
    if (fault?.way.includes(content.key) === true) return fault
  }
  return null
}

const placeholder = /\{\{-?\s*content\.(\w+)(?:\.(\w+))?[^}]*\}\}/g

/** What stands for a field of a content whose length nobody can tell, such as an amount. */
const usual = '123456'

/** A text of one variant of a content in a language, as it is written. */
function sourceOf(content: Content, variant: string, field: string, locale: Locale): string {
  const texts = textsIn(content).filter((one) => one.variant === variant && one.field === field)
  const own = texts.find((one) => one.locale === locale) ?? texts[0]
  if (own !== undefined) return own.text
  const body =
    variant === defaultVariant ? content.default : content.variants.find(({ id }) => id === variant)?.body
  const value: unknown = Object.entries(body ?? {}).find(([name]) => name === field)?.[1]
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : usual
}

/** Which variant of each content a text is written out with; by its key. */
export type Variants = ReadonlyMap<string, string>

/** A text with its contents written out, as far as can be told without a customer. */
export function withContents(
  text: string,
  library: Library,
  variants: Variants,
  locale: Locale,
  level = 0,
): string {
  if (level > limits.contentDepth.value) return ''
  return text.replaceAll(placeholder, (written, key: string, field: string | undefined) => {
    const content = contentIn(library, key)
    if (content === undefined) return written
    const source = sourceOf(content, variants.get(key) ?? defaultVariant, field ?? '', locale)
    return withContents(source, library, variants, locale, level + 1)
  })
}

/** The variant of each content whose texts are longest, whatever the language. */
export function longestVariants(contents: readonly Content[]): Variants {
  return new Map(
    contents.map((content) => {
      const lengths = new Map<string, number>()
      for (const { variant, text } of textsIn(content))
        lengths.set(variant, (lengths.get(variant) ?? 0) + text.length)
      const [longest] = [...lengths].sort(([, a], [, b]) => b - a)
      return [content.key, longest?.[0] ?? defaultVariant]
    }),
  )
}

/** A content as a text names it: `content.KEY` or `content.KEY.FIELD`; null for any other name. */
export function contentName(name: string): { readonly key: string; readonly field: string | null } | null {
  const read = /^content(?:\.(\w+))?(?:\.(\w+))?/.exec(name)
  if (read === null || (read[0].length < name.length && !/^[.[]/.test(name.slice(read[0].length))))
    return null
  const [, key = '', field = null] = read
  return { key, field }
}

/** Whether a content of a kind has a field of a name. */
export const hasField = ({ kind }: Content, field: string): boolean =>
  Object.hasOwn(contentFields[kind], field)
