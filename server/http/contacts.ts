import type { FastifyRequest } from 'fastify'
import { type ContactsShown, maskedHeader } from '../../shared/api/contacts.ts'
import { byBrowser } from './actor.ts'

/**
 * How phones and mailboxes are told to whoever asks. Pages get them masked, and ask for them one by one, which the log
 * says; programs get them whole, as they always have, but by a key that was made without. `wanted`: as the request says
 * itself, of a file.
 */
export function contactsFor(request: FastifyRequest, wanted?: ContactsShown): ContactsShown {
  if (request.apiKey?.kind === 'read_masked') return 'masked'
  if (wanted !== undefined) return wanted
  return byBrowser(request) || request.headers[maskedHeader] !== undefined ? 'masked' : 'whole'
}
