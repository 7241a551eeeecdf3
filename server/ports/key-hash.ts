import { createHash } from 'node:crypto'

/** By which a key is known again: of a text of 256 bits of chance, so that nothing slower is needed. */
export const keyHash = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
