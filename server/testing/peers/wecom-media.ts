import { z } from 'zod'
import { fault, fine, type PeerAnswer } from './wecom-answer.ts'

/** A picture that was uploaded. */
export interface PeerMedia {
  readonly id: string
  readonly type: 'png' | 'jpg'
  readonly bytes: Buffer
  readonly at: number
  forgotten: boolean
}

const keptMs = 3 * 86_400_000
const largest = 10 * 1024 * 1024

const image = z.looseObject({ msgtype: z.literal('image'), image: z.looseObject({ media_id: z.string() }) })
const link = z.looseObject({
  msgtype: z.literal('link'),
  link: z.looseObject({ title: z.string(), desc: z.string().optional(), url: z.string() }),
})
const card = z.looseObject({
  msgtype: z.literal('miniprogram'),
  miniprogram: z.looseObject({
    ...{ title: z.string(), pic_media_id: z.string(), appid: z.string().regex(/^wx/), page: z.string() },
  }),
})
const attachment = z.discriminatedUnion('msgtype', [image, link, card])

const tooLong = (text: string | undefined, bytes: number) => Buffer.byteLength(text ?? '') > bytes

/** The file of a form, as https://developer.work.weixin.qq.com/document/path/90253 has it sent; null: there is none. */
function fileIn(type: string, body: Buffer): Buffer | null {
  const boundary = /boundary=([^;]+)/.exec(type)?.[1]
  if (boundary === undefined || !type.startsWith('multipart/form-data')) return null
  const head = body.indexOf('\r\n\r\n')
  const end = body.lastIndexOf(`\r\n--${boundary}--`)
  const said = body.subarray(0, Math.max(head, 0)).toString('utf8')
  if (!said.startsWith(`--${boundary}\r\n`) || !/name="media";\s*filename="[^"]+"/.test(said)) return null
  return head < 0 || end < head ? null : body.subarray(head + 4, end)
}

/** Pictures that a corp has uploaded, and what is said of attachments that show them. */
export function mediaOfPeer(now: () => number) {
  const media = new Map<string, PeerMedia>()

  const knows = (id: string): boolean => {
    const found = media.get(id)
    return found !== undefined && !found.forgotten && now() - found.at < keptMs
  }

  return {
    media,
    forget() {
      for (const one of media.values()) one.forgotten = true
    },
    upload(query: URLSearchParams, type: string, body: Buffer): PeerAnswer {
      if (query.get('type') !== 'image') return fault(40005, 'invalid file type')
      const bytes = fileIn(type, body)
      if (bytes === null || bytes.length <= 5) return fault(44001, 'empty media data')
      if (bytes.length > largest) return fault(40009, 'invalid image size')
      const png = bytes.subarray(1, 4).toString('latin1') === 'PNG'
      if (!png && bytes[0] !== 0xff) return fault(40004, 'invalid media type')
      const id = `media-${media.size + 1}`
      media.set(id, { id, type: png ? 'png' : 'jpg', bytes, at: now(), forgotten: false })
      return fine({ type: 'image', media_id: id, created_at: String(Math.floor(now() / 1000)) })
    },
    /** Why a message with these attachments is not taken; null: it is. */
    judge(attachments: readonly unknown[]): PeerAnswer | null {
      for (const one of attachments) {
        const read = attachment.safeParse(one)
        if (!read.success) return fault(40058, 'invalid attachment')
        if (read.data.msgtype === 'image' && !knows(read.data.image.media_id))
          return fault(40007, 'invalid media_id')
        if (read.data.msgtype === 'link') {
          const { title, desc } = read.data.link
          if (tooLong(title, 128) || tooLong(desc, 512)) return fault(45003, 'title size out of limit')
        }
        if (read.data.msgtype === 'miniprogram') {
          const { title, pic_media_id: picture } = read.data.miniprogram
          if (tooLong(title, 64)) return fault(45003, 'title size out of limit')
          if (!knows(picture)) return fault(40007, 'invalid media_id')
        }
      }
      return null
    },
  }
}
