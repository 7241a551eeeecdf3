import { type Content, contentIn, type Library } from '../contents/content.ts'
import { bodiesIn, kindNames, maybeBlank, pathsOf, textsIn } from '../contents/fields.ts'
import { sayVariant } from '../contents/words.ts'
import { contentName, contentsOf, hasField } from '../message/contents-named.ts'
import type { TemplateVariable } from '../message/variables.ts'
import type { TemplateText } from '../nodes/type.ts'
import { type Diagnostic, diagnose, type Place } from './diagnostics.ts'

const listed = (paths: readonly string[]): string => paths.map((path) => `{{ ${path} }}`).join(', ')

/** A content as it is named in a finding, in both languages. */
function told(content: Content) {
  const { key, kind } = content
  const fields = listed(pathsOf(content))
  return { en: { content: key, kind: kindNames[kind].en, fields }, zh: { kind: kindNames[kind]['zh-CN'] } }
}

const variantIn = (variant: string) => ({ en: sayVariant(variant).en, zh: sayVariant(variant)['zh-CN'] })

/** A field that some variants leave empty. */
function blankParts(content: Content, field: string, place: Place): Diagnostic[] {
  const known: readonly string[] = maybeBlank[content.kind]
  if (!known.includes(field)) return []
  return bodiesIn(content).flatMap(({ id, body }) => {
    const value: unknown = Object.entries(body).find(([name]) => name === field)?.[1]
    if (value !== null) return []
    const { en, zh } = variantIn(id)
    return [
      diagnose(
        'content-part-blank',
        { ...place, zh: { variant: zh } },
        { content: content.key, variant: en, field },
      ),
    ]
  })
}

/** An offer that on some days nobody is shown who is shown the default. */
function datedDefault(content: Content, place: Place): Diagnostic[] {
  if (content.kind !== 'offer') return []
  const { from, until } = content.default
  if (from === null && until === null) return []
  const zh = [from === null ? '' : ` ${from} 起`, until === null ? '' : ` ${until} 为止`].join('')
  const en = [from === null ? '' : `from ${from}`, until === null ? '' : `until ${until}`].join(' ').trim()
  return [diagnose('content-dated', { ...place, zh: { when: `${zh} ` } }, { content: content.key, when: en })]
}

/** A name of a text that begins with `content`. */
export function checkContentName(
  { name, hasDefault, bare }: TemplateVariable,
  place: Place,
  library: Library | undefined,
): Diagnostic[] {
  const named = contentName(name)
  if (library === undefined || named === null) return []
  const { key, field } = named
  const content = contentIn(library, key)
  if (content === undefined) return [diagnose('content-unknown', place, { content: key === '' ? name : key })]
  const { en, zh } = told(content)
  if (field === null) {
    if (content.kind === 'text') return []
    return bare ? [diagnose('content-whole', { ...place, zh }, en)] : []
  }
  if (!hasField(content, field)) {
    // How long a text is may be asked of any.
    if (content.kind === 'text' && field === 'size') return []
    return [diagnose('content-field', { ...place, zh }, { ...en, field })]
  }
  return hasDefault ? [] : [...blankParts(content, field, place), ...datedDefault(content, place)]
}

/** Whatever is found in a text that a content brings in, told of its variant. */
function within(found: Diagnostic, content: string, variant: string, place: Place): Diagnostic {
  const { en, zh } = variantIn(variant)
  return diagnose(
    'in-content',
    {
      ...place,
      severity: found.severity,
      zh: { variant: zh, problem: found.message['zh-CN'], mend: found.mend['zh-CN'] },
    },
    { content, variant: en, problem: found.message.en, mend: found.mend.en },
  )
}

/**
 * What is found in the texts of the contents that a node shows, of every variant; `checkText` looks at one as it looks
 * at the node's own. Each is told once, at the first text that shows it.
 */
export function checkContents(
  node: string,
  texts: readonly TemplateText[],
  library: Library | undefined,
  checkText: (text: string) => readonly Diagnostic[],
): Diagnostic[] {
  if (library === undefined) return []
  const told = new Set<string>()
  return texts.flatMap(({ field, text: shown }) =>
    contentsOf([shown], library).flatMap((content) =>
      textsIn(content).flatMap(({ variant, text }) =>
        checkText(text).flatMap((found) => {
          const inner = within(found, content.key, variant, { node, field })
          const once = `${inner.message.en}\n${inner.mend.en}`
          if (told.has(once)) return []
          told.add(once)
          return [inner]
        }),
      ),
    ),
  )
}
