import type { z } from 'zod'
import type { whatIfRequest } from '../../../shared/api/why.ts'

/** A field of the customer with the text that is typed for it; empty: no value. */
export interface FieldChange {
  readonly id: number
  readonly name: string
  readonly value: string
}

export interface AddedEvent {
  readonly id: number
  readonly name: string
  readonly at: number
  /** Minor units. */
  readonly amount: number | null
}

export interface EventName {
  readonly name: string
  readonly id: string
}

/** What is changed in the form. */
export interface Changes {
  readonly version: number | 'draft' | null
  readonly at: number | null
  readonly control: boolean | null
  readonly fields: readonly FieldChange[]
  readonly tagsAdd: readonly string[]
  readonly tagsRemove: readonly string[]
  readonly added: readonly AddedEvent[]
  readonly removed: readonly EventName[]
}

export const noChanges: Changes = {
  version: null,
  at: null,
  control: null,
  fields: [],
  tagsAdd: [],
  tagsRemove: [],
  added: [],
  removed: [],
}

/** Whether anything differs from how it was. */
export const isChanged = (changes: Changes): boolean => JSON.stringify(changes) !== JSON.stringify(noChanges)

/** A typed value as files have it: what looks like a number is one. */
function typed(text: string): string | number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  // A number of a card or a phone begins with 0 or is long, and stays the text that it is.
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}

/** The changes as the server takes them; what is not finished is left out. */
export function asRequest(changes: Changes): z.input<typeof whatIfRequest> {
  const { version, at, control, fields, tagsAdd, tagsRemove, added, removed } = changes
  const named = fields.filter(({ name }) => name.trim() !== '')
  return {
    ...{ version, at, control },
    attributes: Object.fromEntries(named.map(({ name, value }) => [name.trim(), typed(value)])),
    tags: { add: [...tagsAdd], remove: [...tagsRemove] },
    events: {
      add: added.flatMap(({ name, at: when, amount }) =>
        name.trim() === '' ? [] : [{ name: name.trim(), at: when, amount }],
      ),
      remove: removed.map((one) => ({ ...one })),
    },
  }
}
