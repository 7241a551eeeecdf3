import { z } from 'zod'
import type { ChannelSettingsForm } from './definition.ts'
import type { TypedFields } from './origin.ts'

/** How a field of a channel's settings is asked for. */
export type FieldKind = 'text' | 'number' | 'switch' | 'secret' | 'choice'

export interface FormField<Name extends string = string> {
  readonly name: Name
  readonly kind: FieldKind
}

/** What a field holds once it may no longer be missing. */
function inner(field: z.core.$ZodType): z.core.$ZodType {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return inner(field.unwrap())
  return field
}

function kindOf(field: z.core.$ZodType): FieldKind {
  const held = inner(field)
  if (held instanceof z.ZodBoolean) return 'switch'
  if (held instanceof z.ZodEnum) return 'choice'
  if (held instanceof z.ZodNumber) return 'number'
  if (held instanceof z.ZodString || held instanceof z.ZodURL) return 'text'
  throw new Error(`a form cannot ask for a ${held._zod.def.type}`)
}

/** Whether a channel's settings do without a field, as they stand. */
export function isOptional(settings: ChannelSettingsForm, name: string, fields: TypedFields): boolean {
  if (settings.asks !== undefined) return !settings.asks(fields).needs.includes(name)
  const field: z.core.$ZodType | undefined = settings.schema.shape[name]
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault
}

/** Whether a field belongs to the settings as they stand: a provider that was not chosen asks for nothing. */
export function isAsked({ asks }: ChannelSettingsForm, name: string, fields: TypedFields): boolean {
  if (asks === undefined) return true
  const { needs, may } = asks(fields)
  return needs.includes(name) || may.includes(name)
}

/** The fields of a channel's settings, as its schema has them; none where it needs no settings. */
export function formOf<Form extends ChannelSettingsForm>(
  settings: Form | null,
): FormField<keyof Form['schema']['shape'] & string>[] {
  if (settings === null) return []
  return Object.entries(settings.schema.shape).map(([name, field]) => ({
    // The keys of an object whose type is known: TypeScript itself gives them as texts.
    name: name as keyof Form['schema']['shape'] & string,
    kind: Object.hasOwn(settings.secrets, name) ? 'secret' : kindOf(field),
  }))
}
