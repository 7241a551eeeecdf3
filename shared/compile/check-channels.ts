import { channelOf, isChannel } from '../channels/index.ts'
import { unnamedSignature } from '../journey/brand.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney } from './read.ts'

/** The channels that a journey sends by, each once. */
function channelsOf({ nodes }: ReadJourney): string[] {
  return [...new Set([...nodes.values()].flatMap(({ type, config }) => type.channels?.(config) ?? []))]
}

/** Channels that the brand has not set up: told once each, however many nodes send by them. */
export function checkChannels(read: ReadJourney, absent: ReadonlySet<string>): Diagnostic[] {
  return channelsOf(read)
    .filter((id) => absent.has(id))
    .map((id) => {
      const name = isChannel(id) ? channelOf(id).name : { 'zh-CN': id, en: id }
      const place = { node: null, field: `channels.${id}`, zh: { channel: name['zh-CN'] } }
      return diagnose('channel-not-set-up', place, { channel: name.en })
    })
}

/** Operators let through only a signature that is filed with them, so one that nobody chose is none. */
export function checkSignature(read: ReadJourney, signature: string | null): Diagnostic[] {
  const sms = channelsOf(read).some((id) => isChannel(id) && channelOf(id).content === 'sms')
  if (!sms || signature !== unnamedSignature) return []
  return [diagnose('signature-not-set', { node: null, field: 'signature' }, { signature })]
}
