import { channelOf } from '../../channels/index.ts'
import type { Library } from '../../contents/content.ts'
import { bodiesIn, textsIn } from '../../contents/fields.ts'
import { formatOf, type WrittenMessage } from '../../message/compose.ts'
import { contentsOf, longestVariants, withContents } from '../../message/contents-named.ts'
import { isHtml } from '../../message/html-mail.ts'
import { composeSms, smsLength } from '../../message/sms.ts'
import type { Finding, TemplateText } from '../type.ts'

type Sending = Pick<WrittenMessage, 'channel' | 'purpose' | 'body'>

/** Above this many parts an SMS is an essay, and costs like one. */
const mostParts = 4

/** Every variable counted as four characters, in a frame of usual length. */
function partsAbout(text: string, purpose: Sending['purpose']): number {
  const body = text.replaceAll(/\{%.*?%\}/gs, '').replaceAll(/\{\{.*?\}\}/gs, '某某先生')
  const frame = { signature: '品牌名称', optOut: '拒收请回复R', marketing: purpose === 'marketing' }
  return smsLength(composeSms(body, frame)).parts
}

/** Texts that take more parts of an SMS than is usual, by themselves or by what contents bring in. */
export function lengthFindings(
  settings: Sending,
  texts: readonly TemplateText[],
  library: Library,
): Finding[] {
  if (channelOf(settings.channel).content !== 'sms') return []
  return texts.flatMap(({ field, text }) => {
    const parts = partsAbout(withContents(text, [], new Map(), 'zh-CN'), settings.purpose)
    if (parts > mostParts) return [{ code: 'sms-long', field, details: { parts, most: mostParts } }]
    return longByContents(settings, { field, text }, library)
  })
}

/** The variants of contents with which a text is too long, the other contents being in their longest. */
function longByContents(settings: Sending, { field, text }: TemplateText, library: Library): Finding[] {
  const contents = contentsOf([text], library)
  const longest = longestVariants(contents)
  const locale = field.endsWith('.en') ? 'en' : 'zh-CN'
  return contents.flatMap((content) =>
    bodiesIn(content).flatMap(({ id }) => {
      const variants = new Map([...longest, [content.key, id]])
      const parts = partsAbout(withContents(text, library, variants, locale), settings.purpose)
      const details = { content: content.key, variant: id, parts, most: mostParts }
      return parts > mostParts ? [{ code: 'content-sms-long', field, details }] : []
    }),
  )
}

/** Contents whose form the text around them does not carry: HTML in plain text, pictures in an SMS. */
export function contentFindings(
  settings: Sending,
  texts: readonly TemplateText[],
  library: Library,
): Finding[] {
  const { content: carried } = channelOf(settings.channel)
  return texts.flatMap(({ field, text }): Finding[] => {
    const contents = contentsOf([text], library)
    const whole =
      field.startsWith('mail') || (field.startsWith('text') && formatOf(settings, text) === 'html')
    const tagged = whole
      ? []
      : contents.flatMap((content) => {
          const variants = textsIn(content).flatMap((one) => (isHtml(one.text) ? [one.variant] : []))
          return [...new Set(variants)].map((variant) => ({
            ...{ code: 'content-html', field, details: { content: content.key, variant } },
          }))
        })
    const pictures = carried === 'sms' ? contents.filter(({ kind }) => kind === 'image') : []
    const shown = pictures.filter(({ key }) => text.includes(`content.${key}.image`))
    return [
      ...tagged,
      ...shown.map(({ key }) => ({ code: 'content-image-sms', field, details: { content: key } })),
    ]
  })
}
