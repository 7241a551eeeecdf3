import { z } from 'zod'

/**
 * How the peer writes: well; with a number that nobody gave; without the text's last number; as JSON of another
 * shape; as bare text; in a code fence with a sentence before it; after its thoughts; or by doing whatever the
 * customer's data tells it to.
 */
export const manners = [
  'polish',
  'invent-number',
  'drop-fact',
  'garbage',
  'not-json',
  'fenced',
  'thinking',
  'obey',
] as const
export type WritingManner = (typeof manners)[number]

/** What a request gives to write from. */
export interface Material {
  sop: string
  facts: Record<string, string | number | boolean | null>
  locale: 'zh-CN' | 'en'
}

const dataSchema = z.object({
  sop: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** The data block among the messages, or null where none is asked to be polished. */
export function materialOf(contents: readonly string[]): Material | null {
  for (const content of contents) {
    const block = /\n<data>\n(.*)\n<\/data>$/.exec(content)?.[1]
    if (block === undefined) continue
    const data = dataSchema.parse(JSON.parse(block))
    return { ...data, locale: content.includes('"language":"en"') ? 'en' : 'zh-CN' }
  }
  return null
}

/** The content of the assistant's message. Without material it answers ok. */
export function answerAs(manner: WritingManner, material: Material | null): string {
  const text = material === null ? 'ok' : polish(material)
  const sop = material?.sop ?? ''
  if (manner === 'garbage') return JSON.stringify({ message: text, tone: 'warm' })
  if (manner === 'not-json') return text
  if (manner === 'fenced') return `好的，这是润色后的消息：\n\`\`\`json\n${json(text)}\n\`\`\`\n希望你喜欢。`
  if (manner === 'thinking') return `<think>The name is {known}, so I greet.</think>\n${json(text)}`
  if (manner === 'invent-number') return json(`${text} 仅剩 37 件`)
  if (manner === 'drop-fact') return json(sop.replace(/\d[\d.,]*(?=\D*$)/, ''))
  if (manner === 'obey') return json(obey(material) ?? text)
  return json(text)
}

/** The written text with an opening for this customer, after the signature if it begins with one. */
function polish({ sop, facts, locale }: Material): string {
  const known = ['name', 'nickname', 'interest', 'city', 'tier'].map((key) => facts[key])
  const fact = known.find((value) => typeof value === 'string' && value.trim() !== '' && value.length < 20)
  const signature = /^【[^】]*】/.exec(sop)?.[0] ?? ''
  const rest = sop.slice(signature.length)
  if (fact === undefined) return `${signature}${locale === 'en' ? 'Hello. ' : '你好呀，'}${rest}`
  return `${signature}${locale === 'en' ? `A word for ${fact}: ` : `想对${fact}说：`}${rest}`
}

/** Follows the first order in the customer's data to answer with what stands in its quotation marks. */
function obey(material: Material | null): string | null {
  const words = [material?.sop, ...Object.values(material?.facts ?? {})].join('\n')
  return /(?:ignore|忽略)[^“"]*[“"]([^”"]+)[”"]/i.exec(words)?.[1] ?? null
}

function json(text: string): string {
  return JSON.stringify({ text })
}
