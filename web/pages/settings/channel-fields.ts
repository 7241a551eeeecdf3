/** How a field of a channel's settings is asked for. */
export type FieldKind = 'text' | 'number' | 'switch' | 'secret'

/** The fields that channels have, as the server names them. */
export const channelFields = {
  host: 'text',
  port: 'number',
  secure: 'switch',
  user: 'text',
  password: 'secret',
  from: 'text',
  allowPlaintext: 'switch',
  url: 'text',
  secret: 'secret',
  signature: 'text',
  allowPrivate: 'switch',
} as const satisfies Record<string, FieldKind>
export type ChannelField = keyof typeof channelFields

export const isChannelField = (name: string): name is ChannelField => Object.hasOwn(channelFields, name)

/** The secrets of each channel, which the server never tells. */
const secrets: Readonly<Record<string, readonly ChannelField[]>> = {
  email: ['password'],
  sms: ['secret'],
  webhook: ['secret'],
}

type Value = string | number | boolean | null

/** The fields to show for a channel, its secrets after what stands before them. */
export function fieldsFor(id: string, fields: Readonly<Record<string, Value>>): ChannelField[] {
  const plain = Object.keys(fields).filter(isChannelField)
  const switches = plain.filter((name) => channelFields[name] === 'switch')
  const others = plain.filter((name) => channelFields[name] !== 'switch')
  return [...others, ...(secrets[id] ?? []), ...switches]
}

/**
 * What is sent to the server: every field, an empty one as null so that it is dropped; a secret only where a
 * new one was written, as one left out stays as it is.
 */
export function savedFields(
  shown: readonly ChannelField[],
  written: Readonly<Partial<Record<ChannelField, Value>>>,
): Record<string, Value> {
  return Object.fromEntries(
    shown.flatMap((name): [string, Value][] => {
      const value = written[name]
      const text = typeof value === 'string' ? value.trim() : (value ?? null)
      if (channelFields[name] === 'secret') return text === '' || text === null ? [] : [[name, text]]
      if (channelFields[name] === 'switch') return [[name, text === true]]
      return [[name, text === '' ? null : text]]
    }),
  )
}
