import type { Locale, LocalText, WrittenText } from '../text.ts'
import { type BodyOf, type Content, type ContentKind, defaultVariant } from './content.ts'

export const kindNames = {
  text: { 'zh-CN': '文字', en: 'Text' },
  image: { 'zh-CN': '图片', en: 'Picture' },
  link: { 'zh-CN': '链接', en: 'Link' },
  offer: { 'zh-CN': '优惠', en: 'Offer' },
} as const satisfies Record<ContentKind, LocalText>

/** What texts may show of a content, by its kind: `content.KEY.FIELD`; a text is shown as a whole, by `content.KEY`. */
export const contentFields = {
  text: {},
  image: {
    image: { 'zh-CN': '图片地址', en: 'address of the picture' },
    alt: { 'zh-CN': '图片说明', en: 'what stands for the picture' },
    width: { 'zh-CN': '宽', en: 'width' },
    height: { 'zh-CN': '高', en: 'height' },
  },
  link: {
    link: { 'zh-CN': '链接地址', en: 'address' },
    label: { 'zh-CN': '链接文字', en: 'words of the link' },
  },
  offer: {
    name: { 'zh-CN': '优惠名', en: 'name of the offer' },
    description: { 'zh-CN': '优惠说明', en: 'description' },
    code: { 'zh-CN': '优惠码', en: 'code' },
    value: { 'zh-CN': '优惠金额', en: 'value' },
    from: { 'zh-CN': '开始日期', en: 'first day' },
    until: { 'zh-CN': '结束日期', en: 'last day' },
  },
} as const satisfies { readonly [K in ContentKind]: Readonly<Partial<Record<keyof BodyOf<K>, LocalText>>> }

/** Fields that a content may lack, by its kind. */
export const maybeBlank = {
  text: [],
  image: ['width', 'height'],
  link: [],
  offer: ['description', 'code', 'value', 'from', 'until'],
} as const satisfies { readonly [K in ContentKind]: readonly (keyof BodyOf<K>)[] }

/** How texts name what they may show of a content. */
export function pathsOf({ key, kind }: Pick<Content, 'key' | 'kind'>): string[] {
  const fields = Object.keys(contentFields[kind])
  return fields.length === 0 ? [`content.${key}`] : fields.map((field) => `content.${key}.${field}`)
}

/** A text within a content, which may hold variables: of which variant, of which field, in which language. */
export interface ContentText {
  readonly variant: string
  /** Empty where the content is the text. */
  readonly field: string
  readonly locale: Locale
  readonly text: string
}

/** The texts of a body, by the fields by which they are shown. */
type Texts = {
  readonly [K in ContentKind]: (body: BodyOf<K>) => Readonly<Record<string, WrittenText | null>>
}

const texts: Texts = {
  text: ({ text }) => ({ '': text }),
  image: ({ alt }) => ({ alt }),
  link: ({ label }) => ({ label }),
  offer: ({ name, description }) => ({ name, description }),
}

const inLanguages = (variant: string, written: Readonly<Record<string, WrittenText | null>>): ContentText[] =>
  Object.entries(written).flatMap(([field, text]) =>
    (['zh-CN', 'en'] as const).flatMap((locale) => {
      const one = text?.[locale]
      return one === undefined || one === '' ? [] : [{ variant, field, locale, text: one }]
    }),
  )

/** All variants of a content with their bodies, the default last as the choice has it. */
export function bodiesOf<K extends ContentKind>(content: {
  readonly default: BodyOf<K>
  readonly variants: readonly { readonly id: string; readonly body: BodyOf<K> }[]
}): readonly { readonly id: string; readonly body: BodyOf<K> }[] {
  return [...content.variants, { id: defaultVariant, body: content.default }]
}

function textsAs<K extends ContentKind>(kind: K, content: Parameters<typeof bodiesOf<K>>[0]): ContentText[] {
  return bodiesOf<K>(content).flatMap(({ id, body }) => inLanguages(id, texts[kind](body)))
}

/** All texts of a content. */
export function textsIn(content: Content): ContentText[] {
  switch (content.kind) {
    case 'text':
      return textsAs('text', content)
    case 'image':
      return textsAs('image', content)
    case 'link':
      return textsAs('link', content)
    case 'offer':
      return textsAs('offer', content)
  }
}

/** The same of a content of whatever kind, for those who look at fields by their names. */
export function bodiesIn(content: Content): readonly { readonly id: string; readonly body: object }[] {
  return [...content.variants, { id: defaultVariant, body: content.default }]
}
