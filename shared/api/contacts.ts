import { z } from 'zod'

/** How phones and mailboxes are told: whole, or so that who has them knows them again. */
export const contactsShown = z.enum(['whole', 'masked'])
export type ContactsShown = z.infer<typeof contactsShown>

/** A request with this header, whatever it says, is answered with masked phones and mailboxes. Pages send it always. */
export const maskedHeader = 'magpie-masked'
