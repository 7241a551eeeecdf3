import { z } from 'zod'
import { mailDocument, mailSchema } from '../mail/blocks.ts'

/** POST /mails/layout: the blocks of a mail, laid out for mail programs. */
export const mailLayoutRequest = z.strictObject({ document: mailDocument })
export const mailLayoutAnswer = z.object({ mail: mailSchema })
export type MailLayoutAnswer = z.output<typeof mailLayoutAnswer>
