import type { FastifyRequest } from 'fastify'
import { type ContactsShown, maskedHeader } from '../../shared/api/contacts.ts'
import { byBrowser } from './actor.ts'

/**
 * How phones and mailboxes are told to whoever asks. Pages get them masked, and ask for them one by one, which the log
 * says; programs get them whole, as they always have.
 */
export function contactsFor(request: FastifyRequest): ContactsShown {
  return byBrowser(request) || request.headers[maskedHeader] !== undefined ? 'masked' : 'whole'
}
