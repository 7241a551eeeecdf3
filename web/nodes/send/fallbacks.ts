import type { Fallback } from '../../../shared/nodes/send/config.ts'
import type { ConfigOf } from '../card.ts'
import { moved } from '../list.ts'
import { newSubject } from './looks.ts'

type Config = ConfigOf<'send'>

/** What is said on one channel, out of a message's configuration. */
export function saidOf({
  channel,
  subject,
  text,
  way,
  mail,
  attachments,
  track,
  template,
  body,
  url,
}: Fallback): Fallback {
  const said = { channel, subject, text, way, attachments, track, template, body, url }
  return mail === undefined ? said : { ...said, mail }
}

/** All that a message says, its first channel before its fallbacks. */
export const allSaid = (config: Config): readonly Fallback[] => [saidOf(config), ...(config.fallbacks ?? [])]

/** The message that says all this; without fallbacks it has neither an order nor an end. */
export function withAllSaid(config: Config, all: readonly Fallback[]): Config {
  const [first = saidOf(config), ...fallbacks] = all
  const { mail: _mail, fallbacks: _fallbacks, order, within, ...rest } = config
  const whole = { ...rest, ...saidOf(first) }
  if (fallbacks.length === 0) return whole
  return {
    ...whole,
    fallbacks: [...fallbacks],
    ...(order === undefined ? {} : { order }),
    ...(within === undefined ? {} : { within }),
  }
}

/** The message with one of its channels elsewhere; 0 is the place of the first. */
export const withMoved = (config: Config, from: number, to: number): Config =>
  withAllSaid(config, moved(allSaid(config), from, to))

/** A channel that has just been added, with nothing said yet. */
export const freshFallback = (channel: string): Fallback => ({
  channel,
  subject: channel === 'email' ? newSubject : null,
  text: { 'zh-CN': '', en: '' },
  way: 'task',
  attachments: [],
  track: null,
  template: null,
  body: 'envelope',
  url: null,
})
