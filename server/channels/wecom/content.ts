import type { RenderedAttachment } from '../../../shared/channels/index.ts'

/** What a message says, as WeCom's calls have it: pages 92135 and 92137 of its documents. */
export interface WecomContent {
  readonly text?: { readonly content: string }
  readonly attachments?: readonly unknown[]
}

/** In bytes, what a card may say. */
const longest = { title: 128, description: 512 } as const

/** The start of a text that takes no more bytes, without half of a letter. */
function within(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const letters = [...text]
  while (Buffer.byteLength(letters.join('')) > bytes - 3) letters.pop()
  return `${letters.join('')}…`
}

function cardOf(attachment: RenderedAttachment): unknown[] {
  // What else there may be needs a picture of WeCom's own; the channel says that it carries none.
  if (attachment.kind !== 'link') return []
  const { title, description, url, imageUrl } = attachment
  return [
    {
      msgtype: 'link',
      link: {
        title: within(title, longest.title),
        ...(imageUrl === null ? {} : { picurl: imageUrl }),
        ...(description === '' ? {} : { desc: within(description, longest.description) }),
        url,
      },
    },
  ]
}

export function wecomContent({
  text,
  attachments,
}: {
  readonly text: string
  readonly attachments: readonly RenderedAttachment[]
}): WecomContent {
  const cards = attachments.flatMap(cardOf)
  return {
    ...(text === '' ? {} : { text: { content: text } }),
    ...(cards.length === 0 ? {} : { attachments: cards }),
  }
}
