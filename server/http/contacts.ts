import type { FastifyRequest } from 'fastify'
import { hiddenPartAsked } from '../../shared/api/contact-parts.ts'
import { type ContactsShown, maskedHeader } from '../../shared/api/contacts.ts'
import { concealedValue } from '../../shared/channels/address/conceal.ts'
import { Problem } from '../../shared/errors/index.ts'
import { byBrowser } from './actor.ts'

/**
 * How phones and mailboxes are told to whoever asks. Pages get them masked, and ask for them one by one, which the log
 * says, and so do staff, whatever they ask by; programs get them whole, as they always have, but by a key that was made
 * without. `wanted`: as the request says
 * itself, of a file.
 */
export function contactsFor(request: FastifyRequest, wanted?: ContactsShown): ContactsShown {
  if (request.apiKey?.kind === 'read_masked' || request.staff !== null) return 'masked'
  if (wanted !== undefined) return wanted
  return byBrowser(request) || request.headers[maskedHeader] !== undefined ? 'masked' : 'whole'
}

/** Refuses whoever sees contacts masked a condition by which they could guess them. Problem `contact-part`. */
export function guardParts(request: FastifyRequest, condition: unknown, place: string): void {
  const field = contactsFor(request) === 'whole' ? null : hiddenPartAsked(condition)
  if (field !== null) throw new Problem('contact-part', { field }, place)
}

interface WithExamples {
  readonly name: string
  readonly examples: readonly (string | number | boolean)[]
}

/** A field of customers as whoever asks may see it: its examples are somebody's. */
export function toldExamples<F extends WithExamples>(request: FastifyRequest, field: F): F {
  if (contactsFor(request) === 'whole') return field
  return { ...field, examples: field.examples.map((one) => concealedValue(field.name, one)) }
}
