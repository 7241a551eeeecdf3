import { type Assets, assetIn } from '../../assets/asset.ts'
import { attachmentNames, channelOf } from '../../channels/index.ts'
import { type Attachment, isWebAddress, notCarried, partsOf } from '../../message/attachments.ts'
import type { WrittenText } from '../../text.ts'
import type { Finding, TemplateText } from '../type.ts'

/** An id of a mini-program as WeChat gives them. */
const miniProgramId = /^wx[0-9a-f]{16}$/

/** Whether a part says something in one language at least. */
function isWritten(part: ReturnType<typeof partsOf>[string] | undefined): boolean {
  if (part === null || part === undefined) return false
  return (typeof part === 'string' ? [part] : Object.values(part)).some((text) => text?.trim())
}

const hasVariable = (text: string): boolean => /\{[{%]/.test(text)

/** Parts that show a picture. */
const pictureParts = ['asset', 'image']

/** The pictures of the store that attachments name themselves: no address, and known without a customer. */
export function picturesIn(list: readonly Attachment[]): { readonly field: string; readonly name: string }[] {
  return list.flatMap((attachment, index) =>
    Object.entries(partsOf(attachment)).flatMap(([part, text]) => {
      if (!pictureParts.includes(part) || typeof text !== 'string') return []
      const name = text.trim()
      if (name === '' || hasVariable(name) || isWebAddress(name)) return []
      return [{ field: `attachments.${index}.${part}`, name }]
    }),
  )
}

/** Parts without which an attachment says nothing. */
const needed = {
  image: ['asset'],
  link: ['url', 'title'],
  mini_program: ['appId', 'path', 'title', 'image'],
} as const satisfies { readonly [K in Attachment['kind']]: readonly string[] }

function faultsOf(attachment: Attachment, field: string): Finding[] {
  const parts = partsOf(attachment)
  const blank = needed[attachment.kind]
    .filter((part) => !isWritten(parts[part]))
    .map((part) => ({ code: 'attachment-blank', field: `${field}.${part}` }))
  const { url, appId } = parts
  // With variables it is known when they are.
  const leads = typeof url !== 'string' || url.trim() === '' || hasVariable(url) || isWebAddress(url.trim())
  const known = typeof appId !== 'string' || appId === '' || miniProgramId.test(appId)
  return [
    ...blank,
    ...(leads ? [] : [{ code: 'attachment-not-web', field: `${field}.url` }]),
    ...(known ? [] : [{ code: 'attachment-app-id', field: `${field}.appId` }]),
  ]
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength

/** What of a text stands there for everybody: what variables bring comes on top. */
const fixedIn = (text: string): string => text.replaceAll(/\{%.*?%\}|\{\{.*?\}\}/gs, '')

/** Texts that are longer than the channel's provider takes, whatever their variables say. */
export function byteFindings(
  channel: string,
  attachments: readonly Attachment[],
  texts: readonly TemplateText[],
): Finding[] {
  const { mostBytes, name } = channelOf(channel)
  if (mostBytes === undefined) return []
  const mostOf = (field: string): number | undefined => {
    const [place = '', index = '', part = ''] = field.split('.')
    if (place === 'text') return mostBytes.text?.text
    const kind = place === 'attachments' ? attachments[Number(index)]?.kind : undefined
    return kind === undefined ? undefined : mostBytes[kind]?.[part]
  }
  return texts.flatMap(({ field, text }) => {
    const [most, bytes] = [mostOf(field), bytesOf(fixedIn(text))]
    if (most === undefined || bytes <= most) return []
    const details = { most, bytes, channel: name.en }
    return [{ code: 'text-too-long', field, details, zh: { channel: name['zh-CN'] } }]
  })
}

/** Attachments that the channel does not carry, that lack a part, or lead nowhere. */
export function attachmentFindings(
  {
    channel,
    text,
    attachments,
  }: { readonly channel: string; readonly text: WrittenText; readonly attachments: readonly Attachment[] },
  assets: Assets | undefined,
): Finding[] {
  const { name, alone = false } = channelOf(channel)
  const isWritten = Object.values(text).some((one) => one?.trim())
  return [
    ...(alone && attachments.length + (isWritten ? 1 : 0) > 1 && attachments.length > 0
      ? [
          {
            code: 'attachment-alone',
            field: 'attachments.0',
            details: { channel: name.en },
            zh: { channel: name['zh-CN'] },
          },
        ]
      : []),
    ...notCarried(channel, attachments).map(({ index, kind }) => ({
      code: 'attachment-not-carried',
      field: `attachments.${index}`,
      details: { channel: name.en, kind: attachmentNames[kind].en },
      zh: { channel: name['zh-CN'], kind: attachmentNames[kind]['zh-CN'] },
    })),
    ...(assets === undefined
      ? []
      : picturesIn(attachments)
          .filter(({ name }) => assetIn(assets, name) === undefined)
          .map(({ field, name }) => ({ code: 'asset-lost', field, details: { asset: name } }))),
    ...attachments.flatMap((attachment, index) => faultsOf(attachment, `attachments.${index}`)),
  ]
}
