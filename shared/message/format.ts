/** What the text of a message is written in, and how values are escaped in it. */
export const messageFormats = ['text', 'html', 'json'] as const
export type MessageFormat = (typeof messageFormats)[number]
