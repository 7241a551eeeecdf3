import { errors, fill, Problem } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'

/** A row that nobody can read: it holds up whoever needs it, says why, and nobody else. */
export class UnreadableRow extends Problem {
  readonly extension = {}
  readonly texts: { readonly message: LocalText; readonly mend: LocalText }

  constructor(what: string, reason: LocalText, place?: string) {
    super('row-unreadable', { what, reason: reason.en }, place)
    const { message, mend } = errors['row-unreadable']
    this.texts = {
      message: {
        'zh-CN': fill(message['zh-CN'], { what, reason: reason['zh-CN'] }),
        en: fill(message.en, { what, reason: reason.en }),
      },
      mend,
    }
  }
}
