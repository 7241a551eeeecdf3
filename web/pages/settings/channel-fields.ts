import { type FieldKind, type FormField, formOf, isAsked } from '../../../shared/channels/form.ts'
import {
  type ChannelSettingsForm,
  channels,
  type SettingsOf,
  type SetUpChannel,
} from '../../../shared/channels/index.ts'
import type { TypedFields } from '../../../shared/channels/origin.ts'

type Value = string | number | boolean | null

/** The name of a field that some channel's settings have; each has words in the locales. */
export type ChannelField = { [Id in SetUpChannel]: keyof SettingsOf<Id> & string }[SetUpChannel]

/** The fields to show for a channel. */
export function fieldsFor(id: string): FormField<ChannelField>[] {
  return channels.flatMap((channel): FormField<ChannelField>[] =>
    channel.id === id && channel.settings !== null ? formOf(channel.settings) : [],
  )
}

/** Of these fields those that the settings ask for as they are typed. */
export function askedFields(
  id: string,
  shown: readonly FormField<ChannelField>[],
  typed: TypedFields,
): FormField<ChannelField>[] {
  const settings: ChannelSettingsForm | null = channels.find((one) => one.id === id)?.settings ?? null
  return shown.filter(({ name }) => settings === null || isAsked(settings, name, typed))
}

/** Where a channel's secret is handed over by these settings; null: it stays on the server. */
export function placeOf(id: string, secret: string, fields: TypedFields): string | null {
  const settings: ChannelSettingsForm | null = channels.find((one) => one.id === id)?.settings ?? null
  return settings?.secrets[secret]?.(fields) ?? null
}

/** What is kept of a field as it was written, blanks taken off; nothing: it stays as it is. */
const saved: Readonly<Record<FieldKind, (written: Value) => Value[]>> = {
  text: (written) => [written === '' ? null : written],
  number: (written) => [written === '' ? null : written],
  switch: (written) => [written === true],
  choice: (written) => [written],
  secret: (written) => (written === '' || written === null ? [] : [written]),
}

/**
 * What is sent to the server: every field, an empty one as null so that it is dropped; a secret only where a
 * new one was written, as one left out stays as it is.
 */
export function savedFields(
  shown: readonly FormField[],
  written: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  return Object.fromEntries(
    shown.flatMap(({ name, kind }): [string, Value][] => {
      const value = written[name]
      const text = typeof value === 'string' ? value.trim() : (value ?? null)
      return saved[kind](text).map((one) => [name, one])
    }),
  )
}
