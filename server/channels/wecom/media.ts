import { z } from 'zod'
import type { RenderedAttachment } from '../../../shared/channels/index.ts'
import type { WecomBook } from '../../ports/wecom.ts'
import type { WecomCall, WecomClient, WecomFailure, WecomSaid } from './client.ts'
import { type MediaOf, picturesOf, type WecomContent, wecomContent } from './content.ts'

export interface SpeakerDeps {
  readonly client: WecomClient
  readonly book: WecomBook
  /** Whose pictures they are: another corp knows them by other numbers. */
  readonly corpId: string
  readonly now: () => number
}

interface Said {
  readonly text: string
  readonly attachments: readonly RenderedAttachment[]
}

/** What says something by one of WeCom's calls, pictures and cards with pictures included. */
export interface WecomSpeaker {
  /** Brings the pictures to WeCom first, and anew where it says that it has them no more. */
  say<T>(
    what: Said,
    call: (content: WecomContent) => WecomCall<T>,
    signal?: AbortSignal,
  ): Promise<WecomSaid<T>>
  /** Brings pictures anew that WeCom soon forgets, and that messages have shown lately. Answers how many. */
  renew(): Promise<number>
}

const dayMs = 86_400_000
/** WeCom keeps a picture for three days: page 90253 of its documents. It is brought anew half a day before. */
const keptMs = 2.5 * dayMs
/** What no message has shown for so long is left to be forgotten. */
const usefulMs = 14 * dayMs
/** What is brought anew in one go. */
const atOnce = 20
/** By what WeCom says that it knows no such picture. */
const unknownMedia = 40007
/** Pixels that are opened at most. */
const mostPixels = 60_000_000

const uploaded = z.looseObject({ media_id: z.string().min(1) })

/** Where the pictures of the brand's own store stand, on whatever host: their bytes are always those of the hash. */
const ownPicture = /\/a\/([0-9a-f]{64})\.(?:png|jpg|gif|webp)$/

const begins = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((one, at) => bytes[at] === one)

interface Sendable {
  readonly type: 'image/png' | 'image/jpeg'
  readonly bytes: Uint8Array
}

/** A picture as WeCom takes it: PNG and JPEG alone. null: it is no picture. */
async function sendable(bytes: Uint8Array): Promise<Sendable | null> {
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47)) return { type: 'image/png', bytes }
  if (begins(bytes, 0xff, 0xd8, 0xff)) return { type: 'image/jpeg', bytes }
  // Loaded where it is needed: few pictures are of other kinds.
  const { default: sharp } = await import('sharp')
  try {
    const made = await sharp(bytes, { limitInputPixels: mostPixels }).png().toBuffer()
    return { type: 'image/png', bytes: made }
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

const noPicture = (detail: string): WecomFailure => ({ kind: 'rejected', code: 'wecom-picture', detail })

/** Uploads under way, of the whole process: several who need a picture at the same time bring it once. */
const uploads = new Map<string, Promise<WecomSaid<string>>>()

export function createWecomSpeaker({ client, book, corpId, now }: SpeakerDeps): WecomSpeaker {
  const bytesOf = async (picture: string, signal?: AbortSignal): Promise<WecomSaid<Uint8Array>> => {
    const [, hash] = ownPicture.exec(picture) ?? []
    const own = hash === undefined ? null : await book.picture(hash)
    return own === null ? client.picture(picture, signal) : { ok: true, value: own }
  }

  const upload = async (picture: string, signal?: AbortSignal): Promise<WecomSaid<string>> => {
    const found = await bytesOf(picture, signal)
    if (!found.ok) return found
    const file = await sendable(found.value)
    if (file === null) {
      const failure = noPicture('what stands at the address of a picture is none')
      return { ok: false, errcode: null, failure }
    }
    const said = await client.ask(
      { path: 'media/upload', query: { type: 'image' }, file, answer: uploaded },
      signal,
    )
    if (!said.ok) return said
    await book.keepMedia({ corpId, picture, mediaId: said.value.media_id, at: now() })
    return { ok: true, value: said.value.media_id }
  }

  const uploadOnce = (picture: string, signal?: AbortSignal): Promise<WecomSaid<string>> => {
    const key = `${corpId} ${picture}`
    const known = uploads.get(key)
    if (known !== undefined) return known
    const begun = upload(picture, signal).finally(() => uploads.delete(key))
    uploads.set(key, begun)
    return begun
  }

  /** The numbers of pictures; of what could not be brought, why. */
  const mediaFor = async (
    pictures: readonly string[],
    signal?: AbortSignal,
  ): Promise<WecomSaid<ReadonlyMap<string, string>>> => {
    const found = new Map(await book.media(corpId, pictures, { since: now() - keptMs, now: now() }))
    for (const picture of pictures) {
      if (found.has(picture)) continue
      const brought = await uploadOnce(picture, signal)
      if (!brought.ok) return brought
      found.set(picture, brought.value)
    }
    return { ok: true, value: found }
  }

  return {
    async say(what, call, signal) {
      const pictures = [...new Set(what.attachments.flatMap(picturesOf))]
      const attempt = async () => {
        const media = await mediaFor(pictures, signal)
        // Nothing was said: whatever hindered a picture, the message itself has surely not left.
        if (!media.ok) return { media: null, said: { ...media, failure: unsaid(media.failure) } } as const
        const of: MediaOf = (picture) => media.value.get(picture) ?? ''
        return { media: media.value, said: await client.ask(call(wecomContent(what, of)), signal) } as const
      }
      const first = await attempt()
      if (first.media === null || first.said.ok || first.said.errcode !== unknownMedia) return first.said
      await book.forgetMedia([...first.media.values()])
      return (await attempt()).said
    },
    async renew() {
      const due = await book.mediaToRenew(corpId, {
        ...{ before: now() - keptMs, usedSince: now() - usefulMs, limit: atOnce },
      })
      for (const picture of due) {
        const brought = await uploadOnce(picture)
        // It is brought when a message needs it next; what WeCom bears no more of now, it bears later.
        if (!brought.ok) break
      }
      return due.length
    },
  }
}

/** A failure to bring a picture, as one of a message that has not left: there is nothing in doubt of it. */
function unsaid(failure: WecomFailure): WecomFailure {
  const { code, detail } = failure
  if (failure.kind === 'unknown') return { kind: 'retry', code, detail, afterMs: null }
  if (failure.kind === 'endpoint') return { ...failure, inDoubt: false }
  return failure
}
