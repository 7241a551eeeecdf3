/** Marks an error after which the customer may have the message although nobody said so. */
export const doubt = 'in doubt: '

/** Whether the customer may have the message although nobody said so. */
export function isInDoubt(error: string | null): boolean {
  return error?.startsWith(doubt) ?? false
}

/** What a message is marked with whose attempt was cut short by the end of the process. */
export const interrupted = `${doubt}the server stopped while it was being sent`

/** What was told, without the mark. */
export const surely = (error: string): string => (isInDoubt(error) ? error.slice(doubt.length) : error)
