import type { Mail, MailDocument } from '../../shared/mail/blocks.ts'
import { mjmlOf, structureOf } from '../../shared/mail/mjml.ts'

// MJML's own bundle, which has no minifiers and no command line to it. It asks for 'cheerio' without declaring it, so that
// we do.

type Laid = NonNullable<Mail['laid']>

/** Layouts that were made last: a mail is looked at again with each word that is written, and its structure stays. */
const made = new Map<string, Laid>()
const kept = 100

/**
 * The HTML of a mail's structure, with a slot for each word, address and condition. The library is loaded when it is
 * first asked for: most servers lay out no mail for days.
 */
export async function layOut(document: MailDocument): Promise<Laid> {
  const of = structureOf(document)
  const known = made.get(of)
  if (known !== undefined) return known
  const { default: mjml2html } = await import('mjml-browser')
  const { html, errors } = await mjml2html(mjmlOf(document), {
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
  })
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('; '))
  const laid = { of, html }
  if (made.size >= kept) made.delete(made.keys().next().value ?? '')
  made.set(of, laid)
  return laid
}
